// Opens the pages of an unpacked EPUB in Chromium as reading systems show them, and says what does not fit.
// node screens.cjs FOLDER_OF_PUPPETEER CHROMIUM SCRATCH PICTURES_OR_- PAGE.xhtml …
// Prints one JSON object a line: page, screen, dark, faults. With a folder for PICTURES, each page is kept as PNG.
const path = require("path");
const { pathToFileURL } = require("url");
const [, , modules, browser, scratch, pictures, ...pages] = process.argv;
const puppeteer = require(path.join(modules, "puppeteer-core"));

const SCREENS = [{ width: 390, height: 844 }, { width: 600, height: 800 }];
const MARGIN_PX = 16;
const LEAST_CONTRAST = 3;
const style = (dark) =>
  `body { margin: 0 ${MARGIN_PX}px }` +
  (dark ? "html, body { background: #121212; color: #e0e0e0 } a { color: #8ab4f8 }" : "");

function faultsOf(leastContrast) {
  const faults = [];
  const screen = [innerWidth, innerHeight];
  const name = (element) => `${element.tagName}.${element.className}`;
  if (document.documentElement.scrollWidth > screen[0]) faults.push("the page scrolls sideways");
  for (const element of document.querySelectorAll("body *")) {
    const box = element.getBoundingClientRect();
    if (box.right > screen[0] + 1 || box.left < -1) faults.push(`outside the screen: ${name(element)}`);
  }
  for (const image of document.images) {
    if (!image.naturalWidth) faults.push(`not drawn: ${image.src.split("/").pop()}`);
    if (image.height > screen[1]) faults.push(`higher than the screen: ${name(image)}`);
    if (image.width > image.naturalWidth && !image.classList.contains("picture-formula"))
      faults.push(`enlarged: ${name(image)}`);
  }
  const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = (colour) => {
    const parts = numbers(colour).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = getComputedStyle(one).backgroundColor;
      if ((numbers(colour)[3] ?? 1) > 0.5) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim()) continue;
    const [one, other] = [light(getComputedStyle(element).color), light(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < leastContrast) faults.push(`unreadable: ${name(element)}`);
  }
  return [...new Set(faults)];
}

async function main() {
  const args = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ];
  const chromium = await puppeteer.launch({
    executablePath: browser, headless: true, userDataDir: scratch, args, timeout: 60000,
  });
  const tab = await chromium.newPage();
  for (const screen of SCREENS) {
    await tab.setViewport(screen);
    for (const page of pages) {
      for (const dark of [false, true]) {
        await tab.goto(pathToFileURL(page).href);
        await tab.evaluate((css) => {
          const sheet = document.createElementNS("http://www.w3.org/1999/xhtml", "style");
          sheet.textContent = css;
          document.head.append(sheet);
        }, style(dark));
        const faults = await tab.evaluate(faultsOf, LEAST_CONTRAST);
        const file = path.basename(page, ".xhtml");
        console.log(JSON.stringify({ page: file, screen: screen.width, dark, faults }));
        if (pictures !== "-")
          await tab.screenshot({
            path: path.join(pictures, `${file}-${screen.width}${dark ? "-dark" : ""}.png`), fullPage: true,
          });
      }
    }
  }
  await chromium.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
