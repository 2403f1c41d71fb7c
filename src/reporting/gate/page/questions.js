/* What a page is asked while it is checked, in the page itself beside axe. Nothing here changes the page. */
globalThis.nrGranskning = (() => {
  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    violations.push([event.effectiveDirective, event.blockedURI || event.sourceFile || ""]));

  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const words = (text) => (text || "").replace(/\s+/g, " ").trim();
  const short = (element) => {
    const html = words(element.outerHTML);
    return html.length > 160 ? html.slice(0, 159) + "…" : html;
  };
  const fault = (rule, element, detail = "") => ({ rule, html: element ? short(element) : "", detail: String(detail) });
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const hiddenFromAll = (element) => !!element.closest("[aria-hidden=true], [role=presentation], [role=none]");

  /* Colours: which elements have text of their own, and which of them axe may let one other stand for. */
  const OWN = ["color", "font-size", "font-weight", "text-shadow", "-webkit-text-stroke-width"];
  const LINK = ["text-decoration-line", "border-bottom-width"];
  const CHAIN = ["background-color", "background-image", "opacity", "filter", "mix-blend-mode", "clip-path", "text-indent"];
  const CLEAR = "rgba(0, 0, 0, 0)", PLAIN = `${CLEAR}|none|1|none|normal|none|0px`;

  /* The same for the same text on every page (cyrb53, of which two texts in nine quadrillion give the same). */
  function hash(text) {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      const sign = text.charCodeAt(at);
      high = Math.imul(high ^ sign, 2654435761);
      low = Math.imul(low ^ sign, 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
  }

  /* Which elements axe looks at the colours of. seen: what has been found good on other pages; it isn't looked at again. */
  function standIns(seen) {
    const chains = new Map(), ids = new Map(), boxes = new Map();
    const id = (key) => ids.get(key) ?? (ids.set(key, hash(key)), ids.get(key));
    const box = (element) => boxes.get(element) ?? (boxes.set(element, element.getBoundingClientRect()), boxes.get(element));
    const painted = [];
    function chain(element) {
      if (!element) return { id: 0, moved: false, under: [] };
      const known = chains.get(element);
      if (known) return known;
      const above = chain(element.parentElement), style = getComputedStyle(element);
      const off = ["disabled", "aria-disabled", "for"].filter((name) => element.hasAttribute(name)).join();
      const own = CHAIN.map((name) => style.getPropertyValue(name)).join("|");
      const paints = style.backgroundColor !== CLEAR || style.backgroundImage !== "none" ||
        /^(img|svg|canvas|video|input|button|select|textarea)$/i.test(element.nodeName);
      if (paints) painted.push(element);
      const clips = style.overflowX !== "visible" && element.nodeName !== "svg" && element !== document.body && element !== document.documentElement;
      const moved = above.moved || clips || style.transform !== "none" || element.shadowRoot !== null;
      // An element that paints nothing and is set off by nothing leaves the ground as it is above it.
      const made = { id: own === PLAIN && !off ? above.id : id(`${above.id}|${off}|${own}`), moved, style,
        under: paints ? [...above.under, element] : above.under };
      chains.set(element, made);
      return made;
    }
    const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1 &&
      inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const texts = [];
    let risky = false;
    for (const element of document.documentElement.querySelectorAll("*")) {
      const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("").trim();
      const link = chain(element);
      if (own && link.style.display !== "none") texts.push([element, own, link]);
    }
    const group = new Map(), chosen = new Set();
    for (const [element, own, link] of texts) {
      const here = box(element);
      const alone = link.moved ||
        !link.under.every((other) => other === document.body || other === document.documentElement || inside(here, box(other))) ||
        painted.some((other) => !other.contains(element) && !element.contains(other) && meet(here, box(other)));
      risky ||= alone;
      const beside = element.closest("a") ? LINK.map((name) => link.style.getPropertyValue(name)).join() + getComputedStyle(element.parentElement).color : "";
      const key = alone ? element : id([link.id, ...OWN.map((name) => link.style.getPropertyValue(name)), shown(element), own.length < 3,
        /[a-zåäö0-9]/i.test(own), beside].join("|"));
      if (group.has(key)) group.get(key).push(element);
      else {
        group.set(key, [element]);
        if (!seen.has(key)) chosen.add(element);
      }
    }
    const keys = new Map([...group].filter(([key]) => typeof key === "string" && !seen.has(key)).map(([key, [first]]) => [first, key]));
    return { chosen, painted, risky, keys, like: new Map([...group.values()].map((elements) => [elements[0], elements.length - 1])) };
  }

  let picked = null;
  function narrowContrast() {
    const rule = axe._audit.rules.find((one) => one.id === "color-contrast"), matches = rule.matches;
    rule.matches = (node, ...rest) => (!picked || picked.chosen.has(node) || node.matches("input, select, textarea, button")) && matches.call(rule, node, ...rest);
    narrowContrast = () => {};
  }

  /* Where every element stands and whether it is shown: what rules that aren't about colour see of a mode. */
  const layout = () => all("*").map((element) => {
    const box = element.getBoundingClientRect();
    return shown(element) ? [box.left, box.top + scrollY, box.width, box.height].map(Math.round).join() : "-";
  }).join(";");
  let before = "";

  /* Waited for where the page has scripts: until nothing has moved for a while, two seconds at most. */
  async function settled() {
    for (let same = 0, was = "", round = 0; all("script[src]").length && same < 3 && round < 20; round++) {
      await new Promise((done) => setTimeout(done, 100));
      const now = layout();
      same = now === was ? same + 1 : 0;
      was = now;
    }
  }

  /* In forced colours the browser tells the colour that it paints text in, but the author's as its fill, which axe reads. */
  const told = CSSStyleDeclaration.prototype.getPropertyValue;
  function getPropertyValue(name) {
    return told.call(this, name === "-webkit-text-fill-color" ? "color" : name);
  }

  /* Without the elements that others stand for, while colours are looked at: what axe takes most time for is to find what lies behind
     each element of the page. Gives a function that puts them back. Left alone where something may lie on something else, and where
     what stays would look otherwise without the rest (:nth-child, :has, +). */
  function withoutTheRest(stand) {
    if (stand.risky) return () => {};
    const kept = new Set([document.documentElement]);
    for (const element of [document.head, ...stand.chosen, ...stand.painted])
      for (let up = element; up && !kept.has(up); up = up.parentElement) kept.add(up);
    const taken = [];
    const tidy = (parent) => [...parent.children].forEach((child) => {
      if (child === document.head) return;
      if (kept.has(child)) return tidy(child);
      taken.push([parent, child, child.nextSibling]);
      child.remove();
    });
    tidy(document.documentElement);
    const putBack = () => taken.reverse().forEach(([parent, child, next]) => parent.insertBefore(child, next));
    const alike = standIns(new Set()).keys;
    if ([...stand.keys].every(([element, key]) => alike.get(element) === key)) return putBack;
    putBack();
    return () => {};
  }

  /* Rule → the kinds of the elements that it told of. */
  const byRule = (rules) => Object.fromEntries(rules.map((rule) => [rule.id,
    [...new Set(rule.nodes.map((node) => globalThis.nrSlag.of(node.element)))]]));

  async function runAxe(tags, colourRules, sameLayout, seen) {
    narrowContrast();
    CSSStyleDeclaration.prototype.getPropertyValue = matchMedia("(forced-colors: active)").matches ? getPropertyValue : told;
    const options = { resultTypes: ["violations", "incomplete", "passes"], reporter: "v1", preload: false, iframes: false, selectors: false, ancestry: false,
      xpath: false, elementRef: true };
    const now = layout(), narrowed = sameLayout && now === before;
    before = sameLayout ? before : now;
    const rest = Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }]));
    const runs = narrowed ? [] : [await axe.run(document, { ...options, runOnly: { type: "tag", values: tags }, rules: rest })];
    picked = standIns(new Set(seen));
    const putBack = withoutTheRest(picked);
    try {
      if (picked.chosen.size || !seen.length)
        runs.push(await axe.run(document, { ...options, runOnly: { type: "rule", values: colourRules } }));
    } finally {
      putBack();
    }
    const result = Object.fromEntries(["passes", "incomplete", "violations"].map((kind) => [kind, runs.flatMap((run) => run[kind])]));
    const { like, keys } = picked, failed = new Set(result.violations.map((rule) => rule.id));
    const sound = !colourRules.some((rule) => failed.has(rule));
    // What axe couldn't tell of is asked of every page, so that the receipt doesn't depend on which page came first.
    const unsure = new Set(result.incomplete.flatMap((rule) => rule.nodes.map((node) => node.element)));
    picked = null;
    return {
      ran: narrowed || result.passes.length > 0,
      seen: sound ? [...keys].filter(([element]) => !unsure.has(element)).map(([, key]) => key) : [],
      passes: byRule(result.passes),
      unsure: byRule(result.incomplete),
      faults: result.violations.flatMap((rule) => rule.nodes.map((node) => ({
        rule: "axe:" + rule.id, html: short(node.element), help: rule.help,
        detail: words([...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ")),
        like: rule.id === "color-contrast" ? like.get(node.element) || 0 : 0,
      }))),
    };
  }

  /* What can be said of the page as it is written. */
  const SAYS_NOTHING = /^(|bild|bilden|figur|diagram|foto|image|img|picture|graphic|chart|logo|no description has been provided for this image)$/i;
  const FILE_NAME = /^\S+\.(png|jpe?g|gif|svg|webp|bmp|tiff?|pdf)$/i;
  const nameOf = (element) => words(element.getAttribute("aria-label") ||
    (element.getAttribute("aria-labelledby") || "").split(/\s+/).map((id) => document.getElementById(id)?.textContent || "").join(" ") ||
    all(":scope > title", element).map((title) => title.textContent).join(" "));

  function pictures(noAlt) {
    const images = all("img").filter((image) => !hiddenFromAll(image)).filter((image) => {
      const alt = words(image.getAttribute("alt"));
      return SAYS_NOTHING.test(alt) || FILE_NAME.test(alt) || alt === noAlt;
    });
    const charts = all("svg[role=img]").filter((svg) => !hiddenFromAll(svg) && nameOf(svg).length <= 20);
    const loose = all("svg:not([role])").filter((svg) => !hiddenFromAll(svg));
    return [...images.map((image) => fault("bildtext", image, words(image.getAttribute("alt")))),
      ...charts.map((svg) => fault("diagramnamn", svg, nameOf(svg))), ...loose.map((svg) => fault("svg-utan-roll", svg))];
  }

  function tables() {
    return all("table").filter((table) => !hiddenFromAll(table)).flatMap((table) => {
      const found = [], rows = [...table.rows], columns = [];
      if (!words(table.caption?.textContent)) found.push(fault("tabellrubrik", table));
      if (!all("thead th", table).length) found.push(fault("tabellhuvud", table));
      found.push(...all("thead th:not([scope=col]):not([scope=colgroup])", table).map((cell) => fault("scope", cell)));
      found.push(...all("tbody th:not([scope=row]):not([scope=rowgroup]), tfoot th:not([scope=row])", table).map((cell) => fault("scope", cell)));
      const under = rows.map(() => 0);
      rows.forEach((row, number) => [...row.cells].forEach((cell) => {
        for (let down = 0; down < (cell.rowSpan || rows.length) && number + down < rows.length; down++) under[number + down] += cell.colSpan;
      }));
      const width = under[0];
      const odd = under.findIndex((count) => count !== width);
      if (odd > 0) found.push(fault("tabellceller", rows[odd], `${under[odd]} i stället för ${width}`));
      return found;
    });
  }

  function headings() {
    const levels = all("h1, h2, h3, h4, h5, h6"), first = all("h1");
    const found = first.length === 1 ? [] : [fault("en-h1", first[1], first.length)];
    levels.forEach((heading, number) => {
      const above = number ? +levels[number - 1].nodeName[1] : 0, level = +heading.nodeName[1];
      if (level > above + 1 && (number || first.length)) found.push(fault("rubriknivå", heading, above ? `h${above} följs av h${level}` : `första rubriken är h${level}`));
      if (!words(heading.textContent)) found.push(fault("tom-rubrik", heading));
    });
    return found;
  }

  function frame(redirect) {
    const found = [];
    if (document.documentElement.lang !== "sv") found.push({ ...fault("sprak", null, document.documentElement.lang), html: "<html>" });
    if (!words(document.title)) found.push(fault("titel", null));
    const top = (element) => !element.parentElement.closest("article, aside, main, nav, section");
    const counts = { main: all("main, [role=main]").length, header: all("header").filter(top).length,
      footer: all("footer").filter(top).length, nav: all("nav").length };
    for (const [name, count] of Object.entries(counts)) {
      const wanted = redirect && name !== "main" ? true : name === "nav" ? count > 0 : count === 1;
      if (!wanted) found.push(fault("landmärken", null, `${name}: ${count}`));
    }
    const seen = new Set();
    for (const element of all("[id]")) {
      if (seen.has(element.id)) found.push(fault("dubbelt-id", element, element.id));
      seen.add(element.id);
    }
    return found;
  }

  const JAVASCRIPT = /^(|module|text\/javascript|application\/javascript)$/i;
  function safety() {
    const policies = all('meta[http-equiv="Content-Security-Policy" i]'), found = [];
    if (!policies.length) found.push(fault("csp", null, "saknas"));
    for (const policy of policies.slice(0, 1)) {
      const parts = Object.fromEntries(policy.content.split(";").map((part) => part.trim().toLowerCase().split(/\s+/))
        .filter((part) => part[0]).map(([name, ...values]) => [name, values]));
      const scripts = parts["script-src"] ?? parts["default-src"];
      if (!scripts) found.push(fault("csp", policy, "säger inget om skript"));
      else if (scripts.some((source) => source !== "'none'" && source !== "'self'" && !/^'sha\d+-/.test(source))) found.push(fault("csp", policy, `script-src ${scripts.join(" ")}`));
      if (all("script, style, link[rel=stylesheet], img").some((element) => element.compareDocumentPosition(policy) & Node.DOCUMENT_POSITION_FOLLOWING)) found.push(fault("csp", policy, "står efter något som läses in"));
    }
    for (const script of all("script")) if (JAVASCRIPT.test(script.type) && !script.src) found.push(fault("skript", script, "skript i sidan"));
    for (const element of all("*")) for (const { name } of element.attributes) if (/^on[a-z]+$/.test(name)) found.push(fault("skript", element, name));
    for (const element of all('[href^="javascript:" i]')) found.push(fault("skript", element, "javascript:"));
    return found;
  }

  const links = () => all("[href], [src]").map((element) => element.getAttribute("href") ?? element.getAttribute("src"))
    .filter((address) => !/^(https?|mailto|tel|data|javascript):/i.test(address));

  function written(noAlt, redirect) {
    return { faults: [...frame(redirect), ...headings(), ...tables(), ...pictures(noAlt), ...safety()],
      links: links(), ids: all("[id], a[name]").map((element) => element.id || element.name) };
  }

  /* What depends on the mode. */
  function content(atLeast) {
    const main = document.querySelector("main, [role=main]"), text = words(main?.innerText);
    return !main || text.length > atLeast ? [] : [fault("innehåll", main, `${text.length} tecken`)];
  }

  function width() {
    const edge = document.documentElement.clientWidth, found = [];
    const unseen = (element) => { for (let up = element; up && up !== document.body; up = up.parentElement) {
      const box = up.getBoundingClientRect(), style = getComputedStyle(up);
      if (box.width <= 1 || style.clipPath === "inset(50%)") return true;
      if (/auto|scroll/.test(style.overflowX) && up.tabIndex >= 0 && up.hasAttribute("tabindex") && box.right <= edge + 1) return true;
    } return false; };
    const beyond = all("body *").filter((element) => !element.parentElement.closest("svg") && shown(element) &&
      element.getBoundingClientRect().right > edge + 1 && !unseen(element));
    for (const element of beyond) if (!beyond.includes(element.parentElement)) found.push(fault("bredd", element, `${Math.round(element.getBoundingClientRect().right)} px`));
    if (!found.length && document.documentElement.scrollWidth > edge) found.push(fault("bredd", null, `${document.documentElement.scrollWidth} px`));
    return found;
  }

  function motion() {
    const long = (value) => value.split(",").some((time) => parseFloat(time) > (time.includes("ms") ? 10 : 0.01));
    return all("*").flatMap((element) => {
      const style = getComputedStyle(element);
      if (style.animationName !== "none" && long(style.animationDuration)) return [fault("rörelse", element, `animation ${style.animationName}`)];
      if (long(style.transitionDuration)) return [fault("rörelse", element, `transition ${style.transitionProperty}`)];
      return style.scrollBehavior === "smooth" ? [fault("rörelse", element, "scroll-behavior smooth")] : [];
    });
  }

  /* By keyboard. */
  const CAN_HAVE_FOCUS = "a[href], area[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]";
  const stops = () => all(CAN_HAVE_FOCUS).filter((element) => {
    if (element.tabIndex < 0 || element.disabled || !shown(element) || element.closest("[inert]")) return false;
    if (element.nodeName === "SUMMARY" && element !== element.parentElement.querySelector(":scope > summary")) return false;
    if (element.type !== "radio" || !element.name) return true;
    const group = all("input[type=radio]").filter((other) => other.name === element.name && other.form === element.form);
    return element === (group.find((other) => other.checked) ?? group[0]);
  });
  let heard = [];
  const hear = (event) => heard.push(event.target);
  const start = () => { document.addEventListener("focusin", hear, true); heard = []; return stops().length; };
  const from = (number) => { stops()[number].focus({ preventScroll: true }); heard = []; };

  function walked(first, count) {
    const wanted = stops(), places = new Map(wanted.map((element, number) => [element, number]));
    const order = heard.map((element) => places.get(element)).filter((number) => number !== undefined);
    for (let step = 0; step < count; step++) {
      if (order[step] !== first + step) return [fault("tangentbord", wanted[first + step], order[step] === undefined ? "Tab kom inte dit" : `Tab kom till ${short(wanted[order[step]])}`)];
    }
    const last = wanted[first + count - 1];
    if (count > 1 && first + count === wanted.length && document.activeElement === last) return [fault("tangentbord", last, "Tab kommer inte vidare")];
    return order[count] !== undefined && order[count] !== 0 && first + count === wanted.length ? [fault("tangentbord", wanted[order[count]], "Tab kommer inte vidare")] : [];
  }

  const LOOK = ["outline-style", "outline-width", "outline-color", "outline-offset", "box-shadow", "background-color", "border-top-width", "border-top-style",
    "border-top-color", "border-left-width", "border-bottom-width", "border-bottom-color", "border-bottom-style", "color", "text-decoration-line", "text-decoration-thickness"];
  function look(element) {
    const style = getComputedStyle(element), outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return LOOK.filter((name) => outlined || !name.startsWith("outline")).map((name) => style.getPropertyValue(name)).join("|");
  }
  function focus() {
    const found = [];
    for (const element of stops()) {
      document.activeElement?.blur();
      const without = look(element);
      element.focus({ preventScroll: true });
      if (document.activeElement !== element || look(element) === without) found.push(fault("fokus-syns", element));
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
    return found;
  }

  function skipLink() {
    const first = stops()[0], main = document.querySelector("main, [role=main]");
    const aim = first?.getAttribute("href")?.startsWith("#") ? document.getElementById(decodeURIComponent(first.hash.slice(1))) : null;
    if (!main) return [];
    if (!aim || !(aim === main || main.contains(aim))) return [fault("hopplänk", first, "är inte först")];
    first.focus({ preventScroll: true });
    const box = first.getBoundingClientRect(), style = getComputedStyle(first);
    const seen = box.width > 1 && box.height > 1 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && style.opacity > 0 && style.clipPath === "none";
    first.blur();
    return seen ? [] : [fault("hopplänk", first, "syns inte när den har fokus")];
  }

  function keyboard() {
    scrollTo(0, 0);
    const ahead = all("[tabindex]").filter((element) => element.tabIndex > 0).map((element) => fault("tabindex", element));
    return [...ahead, ...skipLink()];
  }

  return { hash, runAxe, settled, written, content, width, motion, focus, keyboard, start, from, walked, violations: () => violations };
})();
