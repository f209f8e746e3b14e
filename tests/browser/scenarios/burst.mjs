// Many events in one burst: each row once, in order, and a page that can be used meanwhile.
import assert from "node:assert/strict";

import { hide, openLive, show } from "../world.mjs";

// Holds back what the socket brings until the test lets it go, all in one turn of the page's loop.
export async function openWithGate(page, path) {
  await page.addInitScript(() => {
    const Native = window.WebSocket;
    const held = [];
    let open = true;
    window.WebSocket = class extends Native {
      set onmessage(take) {
        super.onmessage = take === null ? null : (message) => (open ? take(message) : held.push([take, message]));
      }
    };
    window.gate = {
      close: () => (open = false),
      release: () => {
        open = true;
        for (const [take, message] of held.splice(0)) take(message);
      },
      get held() {
        return held.filter(([, { data }]) => data.includes('"type":"event"')).length;
      },
    };
  });
  await openLive(page, path);
}

async function isComplete(page, burst) {
  await page.locator(`live-thread[data-seq="${burst + 1}"]`).waitFor({ timeout: 60_000 });
  const numbers = await page.locator("article[data-number]").evaluateAll((all) => all.map(({ dataset }) => Number(dataset.number)));
  assert.deepEqual(numbers, Array.from({ length: burst + 1 }, (_, at) => at + 1));
}

// Lets the burst go and measures until the last row stands: the longest task, and how long the page took.
export function releaseAndMeasure(page, last) {
  return page.evaluate(async (seq) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: "longtask" });
    const thread = document.querySelector("live-thread");
    const start = performance.now();
    let frames = 0;
    window.gate.release();
    await new Promise((resolve) => {
      const look = () => {
        frames += 1;
        if (Number(thread.dataset.seq) >= seq) resolve();
        else requestAnimationFrame(look);
      };
      look();
    });
    const applied = performance.now() - start;
    // Tasks are told of a little later.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return { applied: Math.round(applied), longest: Math.round(longest), frames };
  }, last);
}

async function standsOnceAndInOrder(world, burst) {
  const writer = await world.member(0);
  const thread = await world.discussion(writer.context, "Everybody at once");
  const read = await world.page(await world.browser(1));
  const hidden = await world.page(await world.browser(1));
  const live = await world.page(await world.browser(1));
  for (const page of [read, hidden]) await openWithGate(page, thread.path);
  await openLive(live, thread.path);
  for (const page of [read, hidden]) await page.evaluate(() => window.gate.close());
  await hide(hidden);
  const start = Date.now();
  await world.flood(writer.context, thread, burst);
  const posted = Date.now() - start;
  for (const page of [read, hidden]) await page.waitForFunction((count) => window.gate.held === count, burst, { timeout: 60_000 });
  const { applied, longest, frames } = await releaseAndMeasure(read, burst + 1);
  console.log(`  ${burst} posts were written in ${posted} ms and shown in ${applied} ms and ${frames} frames; longest task ${longest} ms`);
  await isComplete(read, burst);
  await hidden.evaluate(() => window.gate.release());
  await isComplete(hidden, burst);
  await show(hidden);
  await isComplete(hidden, burst);
  await isComplete(live, burst);
}

const stands = "posts in one burst stand once and in order in a page that is read and in one that is hidden";

export const burstScenarios = {
  [`a thousand ${stands}`]: (world) => standsOnceAndInOrder(world, 1_000),
};

export const longBurstScenarios = {
  [`five thousand ${stands}`]: (world) => standsOnceAndInOrder(world, 5_000),
};
