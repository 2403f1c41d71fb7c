// The search of a site that needs no server: files are loaded as scripts that call nrSok. sokindex.py says what they hold.
'use strict';
(() => {
  const KIND = { mål: 'Mål', mätetal: 'Mätetal', text: 'Text' };
  const SIGNS = ' 0123456789abcdefghijklmnopqrstuvwxyz', SHOWN = 30, FILES = 40, SAFE = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*(#[\w.-]+)?$/;
  const WORD = /[\p{L}\p{N}]+(?:[-‐‑][\p{L}\p{N}]+)*/gu;
  const plain = (word) => word.replace(/[AEO]/g, (sign) => (sign === 'O' ? 'o' : 'a'));
  // As sokindex.words: å, ä, ö become A, E, O; other marks are lost
  const folded = (text) => text.replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '').normalize('NFKC').toLowerCase().normalize('NFC')
    .replace(/[åäö]/g, (sign) => ({ å: 'A', ä: 'E', ö: 'O' })[sign]).normalize('NFD').replace(/\p{M}/gu, '').replace(/[‐‑]/g, '-');
  const whole = (word) => word.replaceAll('-', '');

  const arrived = new Map(), asked = new Map();
  const load = (name, read, sum = '') => {
    if (!asked.has(name)) {
      asked.set(name, new Promise((done, fail) => {
        const script = document.createElement('script');
        script.onload = () => (arrived.has(name) ? done(read(arrived.get(name))) : fail(new Error(name)));
        script.onerror = () => fail(new Error(name));
        script.src = `sok/${name}.js${sum && `?${sum}`}`;
        document.head.append(script);
      }).catch((error) => { asked.delete(name); throw error; }));
    }
    return asked.get(name);
  };
  const rows = (width) => (flat) => {
    const found = new Map();
    for (let i = 0; i < flat.length; i += width) found.set(flat[i], flat.slice(i + 1, i + width));
    return found;
  };
  let ready;
  const start = () => (ready ??= load('register', ([small, names]) => [new Set(small.split(' ')), new Map(names.split(' ').map((one) => one.split(':')))])
    .then(async ([small, files]) => {
      const lists = await Promise.all([...files.keys()].filter((name) => name[0] === 'l').map((name) => load(name, (coded) => {
        let word = '';
        return coded.split(' ').map((one) => (word = word.slice(0, parseInt(one[0], 36)) + one.slice(1)));
      }, files.get(name))));
      const words = lists.flat().filter(Boolean);
      return { small, files, words, plains: words.map(plain) };
    }).catch((error) => { ready = undefined; throw error; }));
  const fileOf = (files, kind, word) => {
    const bits = [...plain(word).slice(0, 8).padEnd(8)].map((sign) => Math.max(0, SIGNS.indexOf(sign)).toString(2).padStart(6, '0')).join('');
    for (let n = 0; n <= bits.length; n++) if (files.has(kind + bits.slice(0, n))) return kind + bits.slice(0, n);
    return '';
  };

  const wanted = (query, small) => {
    const all = (folded(query).match(WORD) ?? []).map(whole);
    const kept = all.filter((word) => word.length > 1 && !small.has(word) && (word.length > 3 || !/^\p{Nd}+$/u.test(word)));
    return [...new Set(kept.length ? kept : all.slice(-1))];
  };
  // 0 the word itself, 2 its beginning, 4 within it; 1 more where the query leaves out dots; -1 not at all
  const fit = (word, bare, asks, bareAsks) => {
    const cost = (at, more) => (at < 0 || (at && asks.length < 3) ? 9 : (at ? 4 : word.length === asks.length ? 0 : 2) + more);
    const at = bare.indexOf(bareAsks);
    if (at < 0) return -1;
    const lax = [...asks].every((sign, i) => sign === word[at + i] || sign === bare[at + i]);
    const best = Math.min(cost(word.indexOf(asks), 0), lax ? cost(at, 1) : 9);
    return best === 9 ? -1 : best;
  };
  const documentsOf = async (asks, { files, words, plains }) => {
    const fits = [], names = new Set(), found = new Map(), bareAsks = plain(asks);
    words.forEach((word, i) => { const cost = fit(word, plains[i], asks, bareAsks); if (cost >= 0) fits.push([cost, word, fileOf(files, 'o', word)]); });
    fits.sort((a, b) => a[0] - b[0] || a[1].length - b[1].length);
    for (const [cost, , name] of fits) if (cost < 4 || names.size < FILES) names.add(name);
    const held = new Map(await Promise.all([...names].map(async (name) => [name, await load(name, rows(3), files.get(name))])));
    for (const [cost, word, name] of fits) {
      (held.get(name)?.get(word) ?? []).forEach((ids, inText) => {
        for (let i = 0; i < ids.length; i += 5) {
          const id = ids.slice(i, i + 5);
          found.set(id, Math.min(found.get(id) ?? 99, cost + 6 * inText));
        }
      });
    }
    return { found, cut: fits.some(([, , name]) => !names.has(name)) };
  };
  // Every document that has all the words of the query, best first: {words, ids, cut: whether too many words fitted to look at all}
  const find = async (query) => {
    const base = await start(), words = wanted(query, base.small);
    if (!words.some((word) => word.length > 1)) return { words, ids: [], cut: false };
    const parts = await Promise.all(words.map((word) => documentsOf(word, base)));
    const [first, ...rest] = parts.map((part) => part.found), costs = [];
    for (const [id, cost] of first) {
      if (rest.every((found) => found.has(id))) costs.push([id, rest.reduce((sum, found) => sum + found.get(id), cost)]);
    }
    const order = (id) => (id[2] >= 'i' ? '1' : '0') + id.slice(0, 2);
    costs.sort(([a, x], [b, y]) => x - y || (order(a) === order(b) ? (a < b ? -1 : 1) : order(a) < order(b) ? 1 : -1));
    return { words, ids: costs.map(([id]) => id), cut: parts.some((part) => part.cut) };
  };
  const documents = async (ids) => {
    const { files } = await start();
    return Promise.all(ids.map(async (id) => { const name = fileOf(files, 'd', id); return name ? (await load(name, rows(5), files.get(name))).get(id) : undefined; }));
  };
  window.nrSok = (name, data) => arrived.set(name, data);
  window.nrSok.find = find;
  window.nrSok.documents = documents;

  const box = document.querySelector('.nr-sok'), part = (name) => box.querySelector(name);
  const input = part('input'), status = part('[role=status]'), list = part('ol'), more = part('.nr-sok-fler');
  const made = (name, text, type = '') => Object.assign(document.createElement(name), { textContent: text, className: type });
  const marked = (into, title, words) => {
    let done = 0;
    for (const { 0: text, index } of title.matchAll(/[\p{L}\p{N}\p{M}\u00ad‐‑-]+/gu)) {
      const word = whole(folded(text)), bare = plain(word);
      for (const asks of words) {
        if (fit(word, bare, asks, plain(asks)) < 0) continue;
        const at = word.length === text.length ? Math.max(word.indexOf(asks), 0) || bare.indexOf(plain(asks)) : 0;
        const length = word.length === text.length ? asks.length : text.length;
        into.append(title.slice(done, index + at), made('mark', title.slice(index + at, index + at + length)));
        done = index + at + length;
        break;
      }
    }
    into.append(title.slice(done));
  };
  const item = ([address, title, place, kind], words) => {
    const row = made('li', ''), link = made(SAFE.test(address) ? 'a' : 'strong', '');
    if (SAFE.test(address)) link.href = address;
    marked(link, title || address, words);
    row.append(link, made('span', [KIND[kind], place].filter(Boolean).join(' · ')));
    return row;
  };

  let turn = 0, timer = 0, result;
  const show = async () => {
    const mine = turn, from = list.childElementCount, { ids, words } = result;
    const found = await documents(ids.slice(from, from + SHOWN));
    if (mine !== turn) return;
    list.append(...found.map((one) => (one ? item(one, words) : made('li', 'Träffen finns inte längre.'))));
    list.hidden = false;
    more.hidden = list.childElementCount >= ids.length;
    if (from) (list.children[from].querySelector('a') ?? more).focus();
  };
  const clear = (text) => { list.replaceChildren(); list.hidden = more.hidden = true; status.textContent = text; };
  const failed = () => clear('Sökregistret kunde inte läsas. Läs in sidan på nytt; hjälper inte det, kan filerna i mappen sok saknas.');
  const search = async () => {
    const mine = ++turn, query = input.value.trim();
    clearTimeout(timer);
    if (!ready) status.textContent = 'Läser in sökregistret …';
    try {
      history.replaceState(null, '', query ? `#q=${encodeURIComponent(query)}` : '#');
      if (!query) return clear('');
      const found = await find(query);
      if (mine !== turn) return;
      result = found;
      const { words, ids, cut } = found, { length } = ids;
      if (!words.some((word) => word.length > 1)) return clear('Skriv minst två bokstäver.');
      clear(length ? `${length} ${length === 1 ? 'träff' : 'träffar'} på ${query}` + (cut ? '. Det kan finnas fler: skriv ett längre ord.' : '')
        : `Inga träffar på ${query}. ${words.length > 1 ? 'Alla ord ska finnas: pröva med färre.' : 'Pröva med början av ordet, eller med ett annat ord.'}`);
      if (length) await show();
    } catch { if (mine === turn) failed(); }
  };
  const fromAddress = () => {
    const query = new URLSearchParams(location.hash.slice(1)).get('q') ?? '';
    if (query !== input.value.trim()) { input.value = query; search(); }
  };
  input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(search, 150); });
  input.addEventListener('focus', () => start().catch(() => {}), { once: true });
  part('form').addEventListener('submit', async (event) => {
    event.preventDefault();
    await search();
    list.querySelector('a')?.focus();
  });
  more.addEventListener('click', () => show().catch(failed));
  addEventListener('hashchange', fromAddress);
  part('.nr-sok-utan').hidden = true;
  part('search').hidden = false;
  fromAddress();
})();
