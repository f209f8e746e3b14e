// How long ago something was: said by the client, in place of the absolute words that the server wrote.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { hide, openLive, post, show } from "../world.mjs";

const absolute = /^\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC$/;

function timeOf(page, number) {
  return post(page, number).locator(".post-link time");
}

export const timesScenarios = {
  "times of the last days are said as seen from now, with the absolute words in the title": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "Just now", 2);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "Live." });
    await post(reader, 3).waitFor();
    for (const number of [1, 3]) {
      assert.equal(await timeOf(reader, number).textContent(), "just now");
      assert.match(await timeOf(reader, number).getAttribute("title"), absolute);
    }
    await reader.goto("/threads");
    const row = reader.locator(`.thread-row[data-thread="${thread.id}"] time`);
    assert.equal(await row.textContent(), "just now");
    const plain = await world.page(await world.browser(0, { javaScriptEnabled: false }));
    await plain.goto(thread.path);
    assert.match(await timeOf(plain, 1).textContent(), absolute);
  },

  "a live insert has its words before it is painted": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "Before paint", 1);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await reader.evaluate(() => {
      window.seen = new Promise((resolve) => {
        new MutationObserver(() => {
          const time = document.querySelector("#post-2 .post-link time");
          if (time !== null) resolve(time.textContent);
        }).observe(document.querySelector(".posts"), { childList: true });
      });
    });
    await world.call(author.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "Live." });
    assert.equal(await reader.evaluate(() => window.seen), "just now");
  },

  "the words are renewed once a minute, not while hidden, and at once when somebody looks": async (world) => {
    const author = await world.member(0);
    const thread = await world.discussion(author.context, "Growing old", 20);
    const reader = await world.page(await world.browser(1));
    await reader.clock.install();
    await openLive(reader, thread.path);
    await post(reader, 12).evaluate((article) => article.scrollIntoView({ block: "start", behavior: "instant" }));
    const place = () => post(reader, 12).evaluate((article) => article.getBoundingClientRect().top);
    const before = await place();
    await reader.clock.runFor(61_000);
    await eventually("a minute", async () => /^1 minute ago$/.test(await timeOf(reader, 1).textContent()));
    assert.ok(Math.abs((await place()) - before) <= 1);
    await hide(reader);
    await reader.clock.runFor(5 * 60_000);
    assert.equal(await timeOf(reader, 1).textContent(), "1 minute ago");
    await show(reader);
    assert.match(await timeOf(reader, 1).textContent(), /^[67] minutes ago$/);
    // Older than a week it is what the server wrote.
    await reader.clock.fastForward(9 * 24 * 3_600_000);
    await eventually("the absolute words", async () => absolute.test(await timeOf(reader, 1).textContent()));
    assert.equal(await timeOf(reader, 1).getAttribute("title"), null);
  },
};
