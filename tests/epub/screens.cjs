// Opens a book in foliate-js, the engine of Foliate and Readest, as phones and e-readers show it: a page at a time,
// light and dark, EPUB or AZW3. Says what does not fit or cannot be read; keeps the pages as PNG where it is told to.
// node screens.cjs {"modules": …, "browser": …, "scratch": …, "book": …, "pictures": folder or null}
// Prints one JSON object a line: section, screen, dark, pages, title, faults; at last { note: what the first call of
// a note pops up }.
const fs = require("fs");
const http = require("http");
const path = require("path");
const { faultsOf, marked, noteOf } = require("./faults.cjs");

const told = JSON.parse(process.argv[2]);
const puppeteer = require(path.join(told.modules, "puppeteer-core"));

// Pages are turned or scrolled. The type of a 600 px e-reader is what a hand's length asks at 167 dpi; a phone counts in CSS px.
const SCREENS = [
  { name: "phone", width: 390, height: 844, type: 16, flow: "paginated" },
  { name: "grey", width: 600, height: 800, type: 24, flow: "paginated" },
  { name: "small", width: 320, height: 568, type: 16, flow: "scrolled" },
];
const MARGIN_PX = 32;
const MOST_PICTURES = 8;
const TYPES = { ".js": "text/javascript", ".html": "text/html" };
const SHELL = `<!DOCTYPE html><meta charset="utf-8"><style>body { margin: 0; overflow: hidden }
foliate-view { display: block; width: 100vw; height: 100vh }
body.dark { background: #121212 } body.grey { filter: grayscale(1) }</style><body></body>`;

const sheet = (screen, dark) =>
  `html { font-size: ${screen.type}px; line-height: 1.6 }` +
  (dark ? "html { background: #121212; color: #e0e0e0 } a:any-link { color: #8ab4f8 }" : "");

function serve() {
  const server = http.createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://x").pathname);
    const file = asked === "/book" ? told.book : path.join(told.modules, "foliate-js", asked);
    if (asked === "/") return response.setHeader("Content-Type", "text/html").end(SHELL);
    if (!fs.existsSync(file)) return response.writeHead(404).end();
    response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
    fs.createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

async function open(tab, address, flow) {
  await tab.goto(address);
  return tab.evaluate(async (how) => {
    await import("/view.js");
    const answer = await fetch("/book");
    const view = document.createElement("foliate-view");
    document.body.append(view);
    await view.open(new File([await answer.blob()], "book"));
    view.renderer.setAttribute("margin", "32px");
    view.renderer.setAttribute("max-column-count", "1");
    view.renderer.setAttribute("flow", how);
    window.view = view;
    return view.book.sections.map(({ id }) => String(id));
  }, flow);
}

// Each page is a width of the screen; the first and the last are the neighbours' places.
async function keep(tab, name, pages) {
  for (let page = 0; page < Math.min(pages, MOST_PICTURES); page++) {
    await tab.evaluate(async (one, all) => view.renderer.goTo({
      index: view.renderer.getContents()[0].index, anchor: all > 1 ? one / (all - 1) : 0,
    }), page, pages);
    await tab.screenshot({ path: path.join(told.pictures, `${name}-${String(page + 1).padStart(2, "0")}.png`) });
  }
}

async function look(tab, screen, dark, index, id) {
  const found = await tab.evaluate(async (where, css, body) => {
    document.body.className = body;
    view.renderer.setStyles(css);
    await view.renderer.goTo({ index: where, anchor: 0 });
    const { doc } = view.renderer.getContents()[0];
    await Promise.all([...doc.images].map((image) => image.decode().catch(() => undefined)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const { pages, scrolled, size, viewSize } = view.renderer;
    return { pages: scrolled ? Math.ceil(viewSize / size) : pages - 2, title: doc.querySelector("h1")?.textContent.trim() ?? "" };
  }, index, sheet(screen, dark), `${dark ? "dark" : ""} ${screen.name}`);
  const faults = await tab.evaluate(faultsOf);
  const name = path.basename(id, ".xhtml");
  console.log(JSON.stringify({ section: name, screen: screen.name, dark, ...found, faults }));
  if (told.pictures) await keep(tab, `${String(index + 1).padStart(2, "0")}-${name}-${screen.name}-${dark ? "dark" : "light"}`, found.pages);
}

// In a page of its own: the reader stumbles over a second box.
async function firstNote(tab, address) {
  const sections = await open(tab, address, "paginated");
  for (const index of sections.keys()) {
    await tab.evaluate((where) => view.renderer.goTo({ index: where, anchor: 0 }), index);
    const note = await tab.evaluate(noteOf);
    if (note) return note;
  }
  return "";
}

async function main() {
  const args = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ];
  const server = await serve();
  const chromium = await puppeteer.launch({
    executablePath: told.browser, headless: true, userDataDir: told.scratch, args, timeout: 60000,
  });
  const tab = await chromium.newPage();
  await tab.evaluateOnNewDocument(marked);
  for (const screen of SCREENS) {
    await tab.setViewport({ width: screen.width, height: screen.height });
    const sections = await open(tab, `http://127.0.0.1:${server.address().port}/`, screen.flow);
    for (const [index, id] of sections.entries()) {
      for (const dark of [false, true]) await look(tab, screen, dark, index, id);
    }
  }
  console.log(JSON.stringify({ note: await firstNote(tab, `http://127.0.0.1:${server.address().port}/`) }));
  await chromium.close();
  server.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
