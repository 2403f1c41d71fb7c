// The search of a site that needs no server: files are loaded as scripts that call nrSok. site/search_index.py says what they hold.
'use strict';
(() => {
  const SHOWN = 30, FILES = 40, SAFE = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*(#[\w.-]+)?$/, WORD = /[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*/gu;
  const plain = (word) => word.replace(/[AE]/g, 'a').replace(/O/g, 'o'), whole = (word) => word.replace(/-/g, '');
  // As site.search_index.words: å, ä, ö become A, E, O; other marks are lost
  const folded = (text) => text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').normalize('NFKC').toLowerCase().normalize('NFC')
    .replace(/å/g, 'A').replace(/ä/g, 'E').replace(/ö/g, 'O').normalize('NFD').replace(/\p{M}/gu, '').replace(/[‐‑]/g, '-');

  const arrived = new Map(), asked = new Map();
  let names = new Map(), order, all = [], small, ready;
  const load = (name, read) => {
    if (!asked.has(name)) asked.set(name, new Promise((done, fail) => {
      const script = document.createElement('script');
      script.onload = () => (arrived.has(name) ? done(read(arrived.get(name))) : fail(Error(name)));
      script.onerror = () => fail(Error(name));
      script.src = `sok/${name}.js?${names.get(name) ?? ''}`;
      document.head.append(script);
    }).catch((error) => { asked.delete(name); throw error; }));
    return asked.get(name);
  };
  const rows = (width) => (flat) => new Map(flat.flatMap((key, i) => (i % width ? [] : [[key, flat.slice(i + 1, i + width)]])));
  const unpacked = (list, word = '') => list.split(' ').map((one) => (word = word.slice(0, parseInt(one[0], 36)) + one.slice(1)));
  const start = () => (ready ??= load('register', (read) => read).then(async ([skipped, files]) => {
    small = new Set(skipped.split(' '));
    names = new Map(files.split(' ').map((one) => one.split(':')));
    order = [...names.keys()];
    const lists = await Promise.all(order.filter((name) => name[0] === 'v').map((name) => load(name, unpacked)));
    all = lists.flat().map((word) => [word, plain(word)]);
  }).catch((error) => { ready = null; throw error; }));
  const fileOf = (key) => order.findLast((name) => name <= plain(key).replace(/[^a-z0-9]/g, '-'));

  // 0 the word itself, 2 its beginning, 4 within it; 1 more where the query leaves out dots; 9 not at all
  const fit = (word, bare, query, lax) => {
    const at = bare.indexOf(lax), cost = (i) => (i < 0 || (i && lax.length < 3) ? 9 : i ? 4 : bare === lax ? 0 : 2);
    if (at < 0) return 9;
    return Math.min(cost(word.indexOf(query)), [...query].every((sign, i) => sign === word[at + i] || sign === bare[at + i]) ? cost(at) + 1 : 9);
  };
  const holding = async (query) => {
    const lax = plain(query), found = new Map(), files = new Set();
    const fits = all.map(([word, bare]) => [fit(word, bare, query, lax), word]).filter(([cost]) => cost < 9)
      .sort(([a, one], [b, other]) => a - b || one.length - other.length).map(([cost, word]) => [cost, word, fileOf(`o${word}`)]);
    for (const [cost, , file] of fits) if (cost < 4 || files.size < FILES) files.add(file);
    const held = new Map(await Promise.all([...files].map(async (file) => [file, await load(file, rows(3))])));
    for (const [cost, word, file] of fits) {
      held.get(file)?.get(word)?.forEach((ids, inText) => {
        for (const id of ids.match(/.{5}/g) ?? []) found.set(id, Math.min(found.get(id) ?? 99, cost + 6 * inText));
      });
    }
    return [found, fits.length && !fits.every(([, , file]) => files.has(file))];
  };
  // The documents with all the words of the query, best first: {words, ids, cut: whether there may be more}
  const find = async (text) => {
    await start();
    const said = (folded(text).match(WORD) ?? []).map(whole);
    const kept = said.filter((word) => word[1] && !small.has(word) && (word[3] || !/^\p{Nd}+$/u.test(word)));
    const words = [...new Set(kept[0] ? kept : said.slice(-1))].filter((word) => word[1]);
    const parts = await Promise.all(words.map(holding)), costs = new Map();
    for (const id of parts[0]?.[0].keys() ?? []) {
      if (parts.every(([found]) => found.has(id))) costs.set(id, parts.reduce((sum, [found]) => sum + found.get(id), 0));
    }
    const rank = (id) => (id[2] < 'i' ? 0 : 1296) + parseInt(id.slice(0, 2), 36); // goals and mätetal, then the newest
    const ids = [...costs.keys()].sort((a, b) => costs.get(a) - costs.get(b) || rank(b) - rank(a) || (a < b ? -1 : 1));
    return { words, ids, cut: parts.some(([, cut]) => cut) };
  };
  const documents = (ids) => Promise.all(ids.map(async (id) => (await load(fileOf(`d${id}`), rows(5))).get(id)));
  window.nrSok = Object.assign((name, data) => arrived.set(name, data), { find, documents });

  const part = (name) => document.querySelector(`.nr-sok ${name}`), input = part('input'), list = part('ol'), more = part('.nr-sok-fler');
  const made = (name, ...inside) => { const element = document.createElement(name); element.append(...inside); return element; };
  const marked = (title, words) => {
    const pieces = [];
    let done = 0;
    for (const { 0: text, index } of title.matchAll(/[\p{L}\p{N}\p{M}\u00ad‐‑-]+/gu)) {
      const word = whole(folded(text)), bare = plain(word), query = words.find((one) => fit(word, bare, one, plain(one)) < 9);
      if (!query) continue;
      const same = word.length === text.length, from = index + (same ? bare.indexOf(plain(query)) : 0);
      pieces.push(title.slice(done, from), made('mark', title.slice(from, done = from + (same ? query : text).length)));
    }
    return [...pieces, title.slice(done)];
  };
  const item = ([address, title, place, kind], words) => {
    const link = made(SAFE.test(address) ? 'a' : 'strong', ...marked(title || address, words));
    if (SAFE.test(address)) link.href = address;
    return made('li', link, made('span', kind[0].toUpperCase() + kind.slice(1) + (place && ` · ${place}`)));
  };

  let turn = 0, timer, result;
  const show = async () => {
    const mine = turn, from = list.children.length, { ids, words } = result;
    const found = await documents(ids.slice(from, from + SHOWN));
    if (mine !== turn || from !== list.children.length) return;
    list.append(...found.map((one) => item(one ?? ['', 'Träffen finns inte längre', '', 'text'], words)));
    list.hidden = !ids[0];
    more.hidden = list.children.length >= ids.length;
    if (from) list.children[from].querySelector('a')?.focus();
  };
  const say = (text) => { list.replaceChildren(); list.hidden = more.hidden = true; part('[role=status]').textContent = text; };
  const failed = () => say('Sökregistret kunde inte läsas. Läs in sidan på nytt; hjälper inte det, kan filerna i mappen sok saknas.');
  const search = async () => {
    const mine = ++turn, text = input.value.trim();
    clearTimeout(timer);
    try {
      history.replaceState(null, '', `#${text && `q=${encodeURIComponent(text)}`}`);
      if (!text) return say('');
      if (!all[0]) say('Läser in sökregistret …');
      const found = await find(text), { words, ids, cut } = found;
      if (mine !== turn) return;
      result = found;
      if (!words[0]) return say('Skriv minst två bokstäver.');
      const hint = words[1] ? 'Alla ord ska finnas: pröva med färre.' : 'Pröva med början av ordet, eller med ett annat ord.';
      say(ids[0] ? `${ids.length} ${ids[1] ? 'träffar' : 'träff'} på ${text}${cut ? '. Det kan finnas fler: skriv ett längre ord.' : ''}` : `Inga träffar på ${text}. ${hint}`);
      await show();
    } catch { if (mine === turn) failed(); }
  };
  const fromAddress = () => {
    const text = new URLSearchParams(location.hash.slice(1)).get('q') ?? '';
    if (text !== input.value.trim()) { input.value = text; search(); }
  };
  input.oninput = () => { clearTimeout(timer); timer = setTimeout(search, 150); };
  input.onfocus = () => start().catch(() => {});
  part('form').onsubmit = async (event) => { event.preventDefault(); await search(); list.querySelector('a')?.focus(); };
  more.onclick = () => show().catch(failed);
  onhashchange = fromAddress;
  part('.nr-sok-utan').hidden = true;
  part('search').hidden = false;
  fromAddress();
})();
