// Proof of reach: the moderator who removes a post sees on how many screens it is gone.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { openLive, post, removeByPage } from "../world.mjs";

function remark(page, number = 2) {
  return page.locator(`#post-${number} ~ .post-remark`);
}

async function says(page, words) {
  await eventually(`"${words}"`, async () => {
    assert.equal(await remark(page).textContent({ timeout: 1_000 }), words);
    return true;
  }, 40);
}

// Frames that this page sends to say that a removal is on its screen, with what the screen showed at that moment.
async function listenForApplied(page) {
  await page.addInitScript(() => {
    const send = WebSocket.prototype.send;
    window.applied = [];
    WebSocket.prototype.send = function (text) {
      const frame = JSON.parse(text);
      if (frame.type === "applied") {
        const tombstones = document.querySelectorAll("article[data-state=removed]").length;
        window.applied.push({ seq: frame.seq, shown: Number(document.querySelector("live-thread").dataset.seq), tombstones, at: performance.now() });
      }
      send.call(this, text);
    };
  });
}

export const reachScenarios = {
  "the moderator who removed a post through its form sees below the tombstone how many screens it is gone from": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "How far", 2);
    const readers = [writer.page, await world.page(await world.browser(0)), await world.page(await world.browser(1))];
    for (const page of readers) await openLive(page, thread.path);
    await moderator.page.goto(thread.path);
    await removeByPage(moderator.page, 2);
    await says(moderator.page, "Gone from 3 of 3 screens");
    for (const page of readers) assert.equal(await remark(page).count(), 0, "only moderators are told");
    await moderator.page.reload();
    await post(moderator.page, 2).waitFor();
    await openLive(moderator.page, thread.path);
    assert.equal(await remark(moderator.page).count(), 0, "only of what was just removed");
  },

  "a screen that goes away before it can say so is named as offline, and the line goes when the post is back": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "One is missing", 2);
    const near = await world.page(await world.browser(0));
    const far = await world.page(await world.browser(balancer.address));
    for (const page of [near, far, moderator.page]) await openLive(page, thread.path);
    const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts`);
    balancer.deaden();
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[1].id}/remove`, { reason: "Spam" });
    await near.locator("#post-2[data-state=removed]").waitFor();
    balancer.cut();
    await says(moderator.page, "Gone from 2 of 3 screens; 1 was offline and is cleaned when it comes back");
    balancer.mend();
    await far.locator("#post-2[data-state=removed]").waitFor();
    await post(moderator.page, 2).locator(".action-restore button").click();
    await moderator.page.locator("#post-2[data-state=visible]").waitFor();
    assert.equal(await remark(moderator.page).count(), 0);
  },

  "every page says which removals its screen shows, at most once a second and not before": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "Said once", 9);
    const balancer = await world.services.balancer();
    const reader = await world.page(await world.browser(balancer.address));
    await listenForApplied(reader);
    await openLive(reader, thread.path);
    const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts`);
    const remove = ({ id }) => world.call(moderator.context, "POST", `/api/v1/posts/${id}/remove`, { reason: "Spam" });
    for (const item of items.slice(1, 6)) await remove(item);
    const lastSaid = (tombstones) =>
      eventually(`a report of ${tombstones} tombstones`, () => reader.evaluate((count) => window.applied.at(-1)?.tombstones === count, tombstones));
    await lastSaid(5);
    balancer.cut();
    for (const item of items.slice(6, 8)) await remove(item);
    balancer.mend();
    await lastSaid(7);
    const applied = await reader.evaluate(() => window.applied);
    for (const [at, { seq, shown, at: time }] of applied.entries()) {
      assert.ok(seq <= shown, `seq ${seq} was reported while the screen showed ${shown}`);
      assert.ok(at === 0 || time - applied[at - 1].at >= 990, "two reports within a second");
    }
    assert.equal(applied.at(-1).seq, 9 + 7);
  },
};
