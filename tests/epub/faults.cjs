// What a machine can see on the pages of one section: runs inside the browser, in the reader's page.

/** Helpers that `faultsOf` finds in the page: a function is sent as text, without what stands around it. */
function marked() {
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = numbers(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  window.contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  window.ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0.5) return colour;
    }
    // The reader takes the page's colour off the body and draws it behind.
    return document.body.classList.contains("dark") ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)";
  };
  window.texts = (doc) => {
    const found = [];
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const range = doc.createRange();
      // Word by word in code, whose spaces may hang beyond the end of the line.
      const words = node.parentElement.closest("pre") ? /\S+/g : /\S[^]*/g;
      const boxes = [...node.data.matchAll(words)].flatMap((found) => {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        return [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
      });
      if (boxes.length) found.push({ node, element: node.parentElement, boxes });
    }
    return found;
  };
}

function faultsOf() {
  const LEAST_CONTRAST = 3;
  const LEAST_OVERLAP_PX = 4;
  const { doc } = view.renderer.getContents()[0];
  const scrolled = view.renderer.getAttribute("flow") === "scrolled";
  const root = doc.documentElement;
  const width = scrolled ? root.clientWidth : parseFloat(root.style.width);
  const style = getComputedStyle(root);
  const [left, right] = [parseFloat(style.paddingLeft), width - parseFloat(style.paddingRight)];
  const height = scrolled ? Infinity : root.clientHeight;
  const faults = [];
  const name = (element) => {
    const words = element.tagName === "IMG" ? element.alt : element.textContent;
    return `${element.tagName.toLowerCase()}.${element.className.baseVal ?? element.className} “${words.trim().slice(0, 20)}”`;
  };
  const outside = (box) => {
    const page = scrolled ? 0 : Math.floor((box.left + box.width / 2) / width);
    return box.left < page * width + left - 1.5 || box.right > page * width + right + 1.5 || box.bottom > height + 1.5;
  };
  const written = texts(doc);
  for (const { element, boxes } of written) {
    if (boxes.some(outside)) faults.push(`outside the screen: ${name(element)}`);
    const said = contrast(getComputedStyle(element).color, ground(element));
    if (said < LEAST_CONTRAST) faults.push(`unreadable: ${name(element)}`);
  }
  for (const image of doc.images) {
    const box = image.getBoundingClientRect();
    if (!image.naturalWidth) faults.push(`not drawn: ${name(image)}`);
    if (box.width && outside(box)) faults.push(`outside the screen: ${name(image)}`);
    const drawn = image.matches(".picture-formula, .qr") || /\.svg$/.test(image.src);
    if (box.width > image.naturalWidth + 1 && !drawn) faults.push(`enlarged: ${name(image)}`);
  }
  // Lines of text over one another: in the order of their tops only neighbours can meet.
  const lines = written
    .flatMap(({ element, boxes }) => boxes.map((box) => ({ element, box })))
    .sort((one, other) => one.box.top - other.box.top);
  for (const [index, { element, box }] of lines.entries()) {
    for (let next = index + 1; next < lines.length && lines[next].box.top < box.bottom; next++) {
      const other = lines[next];
      const wide = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const high = Math.min(box.bottom, other.box.bottom) - other.box.top;
      // Boxes of text are as high as the face's tallest glyph: neighbouring lines may touch by less than half of it.
      const least = Math.min(box.height, other.box.height) / 2;
      const related = element.closest("ruby, math, sup, sub") ?? other.element.closest("ruby, math, sup, sub");
      if (wide > LEAST_OVERLAP_PX && high > least && !related)
        faults.push(`overlap: ${name(element)} and ${name(other.element)}`);
    }
  }
  for (const call of doc.querySelectorAll("a.noteref")) {
    const box = call.getClientRects()[0];
    const range = doc.createRange();
    range.setStart(call.closest("p, li, td, dd, blockquote, h1, h2, h3, h4") ?? doc.body, 0);
    range.setEndBefore(call);
    const before = [...range.getClientRects()].filter((one) => one.width > 0).at(-1);
    if (box && before && (before.right > box.left + 1 || before.bottom < box.top))
      faults.push(`a note's number begins a line: ${name(call)}`);
  }
  return [...new Set(faults)];
}

/** What pops up for the first call of a note, by the reader's own way of finding notes; empty without one. */
async function noteOf() {
  const { doc, index } = view.renderer.getContents()[0];
  const a = doc.querySelector("a.noteref[href]");
  if (!a) return "";
  const { FootnoteHandler } = await import("/footnotes.js");
  const handler = new FootnoteHandler();
  handler.addEventListener("before-render", ({ detail }) => document.body.append(detail.view));
  const shown = new Promise((resolve) => handler.addEventListener("render", ({ detail }) => resolve(detail)));
  const given = a.getAttribute("href");
  const href = view.book.sections[index].resolveHref?.(given) ?? given;
  await handler.handle(view.book, { detail: { a, href }, preventDefault() {} });
  return (await shown).view.renderer.getContents()[0].doc.body.textContent.trim();
}

module.exports = { marked, faultsOf, noteOf };
