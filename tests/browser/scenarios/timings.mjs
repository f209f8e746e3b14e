// How the page feels: what it takes to answer a writer and to show a burst is told, as it depends on the machine; that
// nothing moves meanwhile is judged.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { afterTwoFrames, openLive, post, writeReply } from "../world.mjs";
import { openWithGate, releaseAndMeasure } from "./burst.mjs";

const mostShift = 0.02;
const replies = 20;
const burst = 150;

// Sums what moves without anybody's doing, from the page's first moment on.
function watchShifts(page) {
  return page.addInitScript(() => {
    window.shifts = { score: 0, moved: [] };
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        if (hadRecentInput) continue;
        window.shifts.score += value;
        window.shifts.moved.push(...sources.map(({ node }) => node?.id || node?.className || node?.nodeName));
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

// Notes how long the slowest interaction took, from the key or click to the frame that shows its effect.
function watchInteractions(page) {
  return page.addInitScript(() => {
    window.interactions = { count: 0, slowest: 0 };
    new PerformanceObserver((list) => {
      for (const { duration, interactionId } of list.getEntries()) {
        if (interactionId === 0) continue;
        window.interactions.count += 1;
        window.interactions.slowest = Math.max(window.interactions.slowest, duration);
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
  });
}

export const timingScenarios = {
  "next to nothing shifts for who reads while twenty replies arrive, at the end of the thread too": async (world) => {
    const author = await world.member(0);
    const places = [[2, 1], [30, 1], [30, 15], [30, 30]];
    for (const [length, start, isGuest] of [...places, ...places.map((place) => [...place, true])]) {
      const thread = await world.discussion(author.context, `Of ${length} posts`, length);
      const page = isGuest ? await world.page(await world.browser(1)) : (await world.member(1)).page;
      await watchShifts(page);
      await openLive(page, thread.path);
      await post(page, start).evaluate((article) => article.scrollIntoView({ block: "center", behavior: "instant" }));
      await world.flood(author.context, thread, replies);
      await post(page, length + replies).waitFor();
      await afterTwoFrames(page);
      const { score, moved } = await page.evaluate(() => window.shifts);
      const reader = isGuest ? "guest" : "member";
      console.log(`  layout shift for a ${reader} at post ${start} of ${length}: ${score.toFixed(4)}`);
      assert.ok(score <= mostShift, `at post ${start} it shifted by ${score} for a ${reader}: ${moved}`);
      // A watch that sees nothing must not pass.
      await page.locator("main").evaluate((element) => (element.style.paddingTop = "300px"));
      await eventually("the shift being seen", async () => (await page.evaluate(() => window.shifts.score)) > mostShift);
    }
  },

  "a hundred and fifty events in one burst stand in order and do not move the reader": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "A premiere", 20);
    const reader = await world.page(await world.browser(1));
    await openWithGate(reader, thread.path);
    await post(reader, 10).evaluate((article) => article.scrollIntoView({ block: "start", behavior: "instant" }));
    const topOf = () => post(reader, 11).evaluate((article) => article.getBoundingClientRect().top);
    const before = await topOf();
    await reader.evaluate(() => window.gate.close());
    await world.flood(author.context, thread, burst);
    await reader.waitForFunction((count) => window.gate.held === count, burst);
    const { applied, longest, frames } = await releaseAndMeasure(reader, 20 + burst);
    console.log(`  ${burst} events were shown in ${applied} ms and ${frames} frames; longest task ${longest} ms`);
    const numbers = await reader.locator("article[data-number]").evaluateAll((all) => all.map(({ dataset }) => Number(dataset.number)));
    assert.deepEqual(numbers, Array.from({ length: 20 + burst }, (_, at) => at + 1));
    const after = await topOf();
    assert.ok(Math.abs(after - before) <= 1, `moved from ${before} to ${after}`);
  },

  "what a writer types and posts is answered, and how fast is told": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Typed", 30);
    await watchInteractions(writer.page);
    await openLive(writer.page, thread.path);
    const field = writer.page.locator("textarea[name=body]");
    await field.click();
    await field.pressSequentially("The camera climbs with him, and then it falls.");
    await writeReply(writer.page, "The camera climbs with him, and then the birches turn.");
    await writer.page.locator("#post-31:not(.pending)").waitFor();
    await field.pressSequentially("And again.");
    await field.press("Control+Enter");
    await writer.page.locator("#post-32:not(.pending)").waitFor();
    await eventually("the interactions being told", () => writer.page.evaluate(() => window.interactions.count > 0));
    const { count, slowest } = await writer.page.evaluate(() => window.interactions);
    console.log(`  interaction to next paint: at most ${slowest} ms in ${count} events of 16 ms or more (aim: 150 ms)`);
  },
};
