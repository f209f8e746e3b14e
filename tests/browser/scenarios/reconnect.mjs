// A node goes away and comes back: open pages say so, come back by themselves and miss nothing.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { openLive, post } from "../world.mjs";

export const reconnectScenarios = {
  "pages of a node that restarts reconnect by themselves and catch up": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(0, "moderator");
    const thread = await world.discussion(writer.context, "Interrupted", 3);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await reader.evaluate(() => {
      window.notReloaded = true;
    });
    await world.services.restartNode(world.services.nodes[1], async () => {
      await reader.locator(".live-state", { hasText: "reconnecting…" }).waitFor();
      const { items } = await world.call(writer.context, "GET", `/api/v1/threads/${thread.id}/posts`);
      for (let number = 4; number <= 8; number += 1) {
        await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: `Meanwhile ${number}` });
      }
      await world.call(moderator.context, "POST", `/api/v1/posts/${items[1].id}/remove`, { reason: "Off topic" });
    });
    await reader.locator("#post-2[data-state=removed]").waitFor({ timeout: 40_000 });
    await post(reader, 8).waitFor();
    assert.equal(await reader.locator("article[data-number]").count(), 8);
    await reader.locator(".live-state[data-state=live]").waitFor();
    assert.equal(await reader.evaluate(() => window.notReloaded), true, "the page was reloaded");
  },

  "a page that comes back from the history is live again": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await reader.goto("/films");
    await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "While you were away." });
    await reader.goBack({ waitUntil: "commit" });
    await post(reader, 2).waitFor();
    await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "And now." });
    await post(reader, 3).waitFor();
    await eventually("one row for each post", async () => (await reader.locator("article[data-number]").count()) === 3);
  },
};
