// `node screenshots.mjs FOLDER`: pictures of the main pages, three widths in both themes, for people to look at.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { mainPages } from "./main_pages.mjs";
import { inPrivateWorld } from "./world.mjs";

const sizes = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1280, height: 900 },
];

async function picture(page, folder, name, path) {
  const { width, height } = page.viewportSize();
  await page.goto(path);
  // As high as the page: what sticks to the window's edge would else cover what is below it.
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.max(whole, height) });
  const file = `${name.replaceAll(" ", "_")}-${width}-${page.colorScheme}.png`;
  await page.screenshot({ path: join(folder, file) });
  await page.setViewportSize({ width, height });
}

async function pictures(folder) {
  await inPrivateWorld(async (world) => {
    const author = await world.member(0);
    const pages = await mainPages(world, author.context);
    for (const colorScheme of ["light", "dark"]) {
      for (const viewport of sizes) {
        const { page } = await world.member(1, "moderator", { viewport, colorScheme });
        page.colorScheme = colorScheme;
        for (const [name, path] of Object.entries(pages)) await picture(page, folder, name, path);
        const guest = await world.page(await world.browser(0, { viewport, colorScheme }));
        guest.colorScheme = colorScheme;
        for (const name of ["film", "thread", "register", "login"]) await picture(guest, folder, `guest ${name}`, pages[name]);
      }
    }
  });
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("usage: node screenshots.mjs FOLDER\n");
  process.exitCode = 2;
} else {
  mkdirSync(resolve(folder), { recursive: true });
  await pictures(resolve(folder));
}
