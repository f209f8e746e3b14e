// The way between page and server breaks in every manner: the page comes back by itself and shows each post once.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { openLive, post } from "../world.mjs";

function numbers(page) {
  return page.locator("article[data-number]").evaluateAll((all) => all.map(({ dataset }) => Number(dataset.number)));
}

function firstNumbers(count) {
  return Array.from({ length: count }, (_, at) => at + 1);
}

async function markLoad(page) {
  await page.evaluate(() => {
    window.notReloaded = true;
  });
  return async () => assert.equal(await page.evaluate(() => window.notReloaded), true, "the page was reloaded");
}

async function write(world, context, thread, count) {
  for (let number = 1; number <= count; number += 1) {
    await world.call(context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: `Meanwhile ${number}` });
  }
}

export const networkScenarios = {
  "seven posts that were written while the socket was refused are caught up, each once": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Seven");
    const reader = await world.page(await world.browser(balancer.address));
    await openLive(reader, thread.path);
    const notReloaded = await markLoad(reader);
    balancer.cut();
    await reader.locator(".live-state", { hasText: "reconnecting…" }).waitFor();
    await write(world, writer.context, thread, 7);
    balancer.mend();
    await post(reader, 8).waitFor();
    assert.deepEqual(await numbers(reader), firstNumbers(8));
    await reader.locator(".live-state[data-state=live]").waitFor();
    await notReloaded();
  },

  "a link that breaks twenty times while posts arrive loses none and doubles none": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Twenty breaks");
    const reader = await world.page(await world.browser(balancer.address));
    await openLive(reader, thread.path);
    const notReloaded = await markLoad(reader);
    for (let turn = 0; turn < 20; turn += 1) {
      balancer.cut();
      await write(world, writer.context, thread, 1);
      balancer.mend();
      // What a reader does who wonders whether anything happens; it cuts the growing waits short.
      await reader.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await write(world, writer.context, thread, 1);
    }
    await post(reader, 41).waitFor();
    await eventually("all rows", async () => (await reader.locator("article[data-number]").count()) === 41);
    assert.deepEqual(await numbers(reader), firstNumbers(41));
    await notReloaded();
  },

  "a connection that died without a word is replaced as soon as the browser finds its network again": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Tunnel");
    const context = await world.browser(balancer.address);
    const reader = await world.page(context);
    await openLive(reader, thread.path);
    balancer.deaden();
    await context.setOffline(true);
    await write(world, writer.context, thread, 3);
    await context.setOffline(false);
    await post(reader, 4).waitFor();
    assert.deepEqual(await numbers(reader), firstNumbers(4));
  },

  "when its node restarts the page comes back in its slot, to the other node, and catches up": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Rolling");
    const [first, second] = world.services.balanced;
    balancer.serve([first.port]);
    const reader = await world.page(await world.browser(balancer.address));
    const slots = [];
    reader.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        const frame = JSON.parse(payload);
        if (frame.type === "goodbye") slots.push({ opensAt: Date.now() + frame.retry_ms });
        if (frame.type === "welcome" && slots.length > 0) slots.at(-1).returnedAt ??= Date.now();
      }),
    );
    await openLive(reader, thread.path);
    const notReloaded = await markLoad(reader);
    balancer.serve([second.port]);
    await world.services.restartNode(first, async () => {
      await eventually("the goodbye", () => slots.length === 1);
      await reader.evaluate(() => {
        window.dispatchEvent(new Event("online"));
        document.dispatchEvent(new Event("visibilitychange"));
      });
      await write(world, writer.context, thread, 5);
      await post(reader, 6).waitFor();
    });
    assert.deepEqual(await numbers(reader), firstNumbers(6));
    assert.ok(slots[0].returnedAt >= slots[0].opensAt - 50, "it came back before its slot");
    await notReloaded();
  },

  "a page whose history is too long is loaded again once, with its draft": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const reader = await world.member(balancer.address);
    const thread = await world.discussion(writer.context, "Long ago");
    await openLive(reader.page, thread.path);
    let loads = 0;
    reader.page.on("framenavigated", () => (loads += 1));
    await reader.page.locator("textarea[name=body]").fill("Half a thought");
    balancer.cut();
    await reader.page.locator(".live-state[data-state=waiting]").waitFor();
    await world.flood(writer.context, thread, 1_050);
    balancer.mend();
    await reader.page.locator("live-thread[data-pages='22'][data-following]").waitFor({ timeout: 40_000 });
    assert.equal(await reader.page.locator("textarea[name=body]").inputValue(), "Half a thought");
    assert.equal(await reader.page.locator(".live-notice").count(), 0);
    assert.equal(loads, 1);
  },

  "a page that is out of date however often it is loaded says so, offers a link and still takes removals": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "In circles", 2);
    const reader = await world.page(await world.browser(1));
    let loads = 0;
    // Not the event of loading: a page that loads itself anew while its font is under way has none.
    reader.on("framenavigated", () => (loads += 1));
    // A server that answers every subscription with resync.
    await reader.addInitScript(() => {
      const Native = window.WebSocket;
      window.WebSocket = class extends Native {
        set onmessage(take) {
          super.onmessage = ({ data }) => {
            const frame = JSON.parse(data);
            take({ data: frame.type === "subscribed" ? JSON.stringify({ ...frame, resync: true }) : data });
          };
        }
      };
    });
    await reader.goto(thread.path);
    await reader.locator(".live-notice", { hasText: "This page is out of date. Load it again" }).waitFor();
    assert.equal(loads, 2);
    const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts`);
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[1].id}/remove`, { reason: "Off topic" });
    await reader.locator("#post-2[data-state=removed]").waitFor();
    assert.equal(loads, 2, "it went on loading");
    await reader.locator(".live-notice a").click();
    await eventually("the link loading the page", () => loads === 3);
  },
};
