'use strict';
// A permanent address leads here with its name in the fragment; the link with that id leads on to the page as it is now.
const goOn = () => {
  const link = document.getElementById(location.hash.slice(1));
  const href = link && link.tagName === 'A' ? link.getAttribute('href') : '';
  if (/^v\/\d{4}\/[a-z0-9][a-z0-9/-]*\.html$/.test(href)) location.replace(href);
};
addEventListener('hashchange', goOn);
goOn();
