/* Of what kinds the elements of a page are: two of the same kind get the same answer of every rule in every mode, for all that the rules
   ask of an element, what it stands in and what it holds is in its kind. Asked by the page that shows this one in a frame, or of a tab. */
globalThis.nrSlag = (() => {
  /* Attributes whose value no rule asks for but for whether it is empty; our own rules see to names, addresses and ids on every page. */
  const FREE = new Set(("id href src srcset alt title value datetime d x y x1 y1 x2 y2 dx dy cx cy r rx ry points width height viewBox " +
    "transform download aria-label aria-valuenow aria-valuetext aria-valuemin aria-valuemax").split(" "));
  const REFERS = new Set("aria-labelledby aria-describedby aria-controls aria-owns aria-details aria-activedescendant for headers".split(" "));
  const CLEAR = "rgba(0, 0, 0, 0)", { hash } = globalThis.nrGranskning;
  function ownText(element) {
    let text = "";
    for (let node = element.firstChild; node; node = node.nextSibling) if (node.nodeType === 3) text += node.data;
    return text.trim();
  }
  const written = (text) => text && (text.length < 3 ? "s" : "t") + (/[\p{L}\p{N}]/u.test(text) ? "a" : "");
  const short = (element) => element ? `${element.localName}.${element.getAttribute("class") ?? ""}` : "";

  function attributes(element, style) {
    const found = [];
    for (const { name, value } of element.attributes) {
      if (REFERS.has(name)) found.push(`${name}:${value.trim().split(/\s+/).every((id) => document.getElementById(id)?.textContent.trim())}`);
      else if (!FREE.has(name) || style.attributes.includes(name)) found.push(`${name}=${value}`);
      else if (name === "id") { if (style.ids.includes(value)) found.push(`id=${value}`); }
      else if (name === "href") found.push(/^#/.test(value) ? "href#" : /^[a-z]+:/i.test(value) ? `href=${value.split(":")[0]}` : value.trim() ? "href" : "href:");
      else found.push(value.trim() ? name : `${name}:`);
    }
    return found.sort().join("|");
  }

  let known = new Map();
  const of = (element) => known.get(element);

  /* Element → its kind. style: what the style sheets ask of elements (gate/element_kinds.py), and the key that they have. */
  function kinds(style) {
    const found = new Map();
    // Gives whether the element says anything to one who hears it.
    function walk(element, above, number, before) {
      const own = `${above}>${element.localName}|${attributes(element, style)}`, text = written(ownText(element));
      const place = `${number === 0}${element.nextElementSibling === null}${short(element.previousElementSibling)}${style.numbers ? number : ""}` +
        (style.siblings ? [...before].join() : "");
      const held = new Set(), chain = hash(own + place);
      let at = 0, says = text !== "" || !!element.getAttribute("alt");
      for (let child = element.firstElementChild; child; child = child.nextElementSibling) {
        says = walk(child, chain, at++, held) || says;
        held.add(short(child));
      }
      found.set(element, hash(`${chain}\n${place}\n${text}${element.hasChildNodes()}\n${says}\n${[...held].sort()}`));
      return says;
    }
    walk(document.documentElement, style.whole ? hash(document.documentElement.outerHTML) : style.key, 0, new Set());
    return found;
  }

  /* What lies on or outside what, and what has to be scrolled, as kinds of their own: texts and other elements that meet. */
  function places(layout) {
    const found = new Set(), styles = new Map(), painted = [], texts = [];
    // Elements of the same kind have the same style.
    function style(element) {
      const kind = of(element);
      if (styles.has(kind)) return styles.get(kind);
      const { display, backgroundColor, backgroundImage, overflowX } = getComputedStyle(element);
      const made = { there: display !== "none" && display !== "contents", clips: overflowX !== "visible",
        paints: backgroundColor !== CLEAR || backgroundImage !== "none" || /^(img|svg|canvas|video|input|button|select|textarea)$/.test(element.localName) };
      styles.set(kind, made);
      return made;
    }
    for (const element of document.body.querySelectorAll("*")) {
      const text = ownText(element), { there, clips, paints } = style(element);
      if (!there) continue;
      if (text) texts.push(element);
      if (element.ownerSVGElement) continue;
      if (paints) painted.push(element);
      if (clips && (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight)) found.add(hash(`${layout} scrolls ${of(element)}`));
    }
    const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    const grounds = painted.map((element) => [element, element.getBoundingClientRect()]), boxes = new Map(grounds);
    for (const element of texts) {
      const here = element.getBoundingClientRect(), odd = [];
      if (!here.width) continue;
      for (let up = element.parentElement; up; up = up.parentElement) if (boxes.has(up) && !inside(here, boxes.get(up))) odd.push(up);
      for (const [other, there] of grounds) if (meet(here, there) && !other.contains(element) && !element.contains(other)) odd.push(other);
      for (const other of odd) found.add(hash(`${layout} meets ${of(element)} ${of(other)}`));
    }
    return found;
  }

  /* What is said more than once though it should be said once: of the page, and of no element of it. */
  const LANDMARKS = "header, footer, main, nav, aside, form, section[aria-label], section[aria-labelledby], [role]";
  const name = (element) => element.getAttribute("aria-label") ?? document.getElementById(element.getAttribute("aria-labelledby"))?.textContent ?? "";
  function repeated() {
    const said = [...document.querySelectorAll(LANDMARKS)].map((element) => `${short(element)} ${element.getAttribute("role")} ${name(element).trim()}`);
    said.push(...[...document.querySelectorAll("[accesskey]")].map((element) => element.accessKey));
    return [...new Set(said.filter((one, at) => said.indexOf(one) !== at))].sort().map((one) => hash(`repeated ${one}`));
  }

  function tell(style) {
    known = kinds(style);
    return [...new Set(known.values()), ...repeated()];
  }

  /* What a page is like as wide as it is shown, for gate/element_kinds.py: how many faults our own rules find, and the kinds that there are. */
  function seen(ask) {
    const check = globalThis.nrGranskning;
    const answer = { faults: check.content(ask.text).length + check.violations().length, kinds: [] };
    if (ask.narrow) answer.faults += check.width().length;
    else {
      const page = check.written(ask.noAlt, false);
      answer.faults += page.faults.length + check.keyboard().length;
      Object.assign(answer, { links: page.links, ids: page.ids, kinds: tell(ask.style) });
    }
    answer.kinds.push(...places(ask.narrow ? "narrow" : "wide"));
    return answer;
  }

  addEventListener("message", ({ data, ports }) => {
    if (!data?.nrSlag || !ports[0]) return;
    try { ports[0].postMessage(seen(data.nrSlag)); } catch (error) { ports[0].postMessage({ broke: String(error) }); }
  });
  return { of, tell };
})();
