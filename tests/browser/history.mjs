// Pages that the browser keeps whole while their reader is elsewhere. Browsers under test throw them away unless told
// otherwise.
import assert from "node:assert/strict";

import { World, launchChromium } from "./world.mjs";

// A world of its own with the same services, whose browser keeps pages.
export async function inBrowserThatKeepsPages(world, act) {
  const browser = await launchChromium({ ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  const kept = new World(browser, world.services);
  try {
    await act(kept);
  } finally {
    await browser.close();
    world.complaints.push(...kept.complaints);
  }
}

export async function leave(page, path = "/films") {
  await page.evaluate(() => window.addEventListener("pageshow", ({ persisted }) => (window.restored = persisted)));
  await page.goto(path);
}

export async function returnTo(page) {
  // A page that is restored as it was never "loads" again.
  await page.goBack({ waitUntil: "commit", timeout: 3_000 }).catch(() => {});
  await page.waitForFunction(() => window.restored !== undefined);
  assert.equal(await page.evaluate(() => window.restored), true, "the browser kept the page");
}
