// Answers get lost, servers are busy, people reload: a post exists once and nothing that was written is lost.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { openLive, post, writeReply } from "../world.mjs";

async function inThread(world, context, thread) {
  const { items } = await world.call(context, "GET", `/api/v1/threads/${thread.id}/posts?limit=100`);
  return items;
}

const sending = "**/api/v1/threads/*/posts";

export const lossScenarios = {
  "an answer that is lost after the commit leads to one post": async (world) => {
    const writer = await world.member(0);
    const reader = await world.page(await world.browser(1));
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    await openLive(reader, thread.path);
    const keys = [];
    await writer.page.route(sending, async (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      if (keys.length > 1) return route.continue();
      await route.fetch(); // the server has it
      return route.abort("connectionreset"); // and the browser never hears
    });
    await writeReply(writer.page, "Only once.");
    await post(reader, 2).waitFor();
    await eventually("the row on its way being replaced", async () => (await writer.page.locator(".pending").count()) === 0);
    assert.equal(await writer.page.locator("article", { hasText: "Only once." }).count(), 1);
    assert.equal(await reader.locator("article", { hasText: "Only once." }).count(), 1);
    assert.equal((await inThread(world, writer.context, thread)).length, 2);
    assert.equal(keys.length, 2);
    assert.equal(new Set(keys).size, 1, "the same key is sent again");
  },

  "while no answer comes at all the post waits with a way to retry, which makes one": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    let reachable = false;
    await writer.page.route(sending, async (route) => {
      if (reachable) return route.continue();
      await route.fetch();
      return route.abort("connectionreset");
    });
    await writeReply(writer.page, "Patience.");
    const retry = writer.page.locator(".failed button", { hasText: "Retry" });
    await retry.waitFor();
    reachable = true;
    await retry.click();
    await eventually("the failed row going away", async () => (await writer.page.locator(".pending").count()) === 0);
    assert.equal(await writer.page.locator("article", { hasText: "Patience." }).count(), 1);
    assert.equal((await inThread(world, writer.context, thread)).length, 2);
  },

  "a server that answers 503 leads to a row with Retry, and retrying makes one post": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    let tries = 0;
    await writer.page.route(sending, (route) => {
      tries += 1;
      if (tries > 1) return route.continue();
      const problem = { type: "about:blank", title: "Unavailable", status: 503, detail: "Try again later.", code: "unavailable" };
      return route.fulfill({ status: 503, contentType: "application/problem+json", body: JSON.stringify(problem) });
    });
    await writeReply(writer.page, "Busy?");
    await writer.page.locator(".failed", { hasText: "Not sent. Try again later." }).waitFor();
    await writer.page.locator(".failed button", { hasText: "Retry" }).click();
    await post(writer.page, 2).waitFor();
    await eventually("the failed row going away", async () => (await writer.page.locator(".pending").count()) === 0);
    assert.equal((await inThread(world, writer.context, thread)).length, 2);
  },

  "a failed post survives a reload, and retrying it then makes one": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    await writer.page.route(sending, async (route) => {
      await route.fetch();
      return route.abort("connectionreset");
    });
    await writeReply(writer.page, "Across a reload.");
    await writer.page.locator(".failed button", { hasText: "Retry" }).waitFor();
    await writer.page.unroute(sending);
    await openLive(writer.page, thread.path);
    await writer.page.locator(".failed button", { hasText: "Retry" }).click();
    await eventually("the failed row going away", async () => (await writer.page.locator(".pending").count()) === 0);
    assert.equal(await writer.page.locator("article", { hasText: "Across a reload." }).count(), 1);
    assert.equal((await inThread(world, writer.context, thread)).length, 2);
  },

  "a draft survives a reload and is gone once it is sent": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    await writer.page.locator("textarea[name=body]").fill("Half a thought");
    await writer.page.reload();
    assert.equal(await writer.page.locator("textarea[name=body]").inputValue(), "Half a thought");
    await openLive(writer.page, thread.path);
    await writer.page.locator("reply-composer button.primary").click();
    await post(writer.page, 2).waitFor();
    await writer.page.reload();
    assert.equal(await writer.page.locator("textarea[name=body]").inputValue(), "");
  },

  "what the server finds wrong with a text is said beside it, and the text is kept": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    const field = writer.page.locator("textarea[name=body]");
    const invisible = "\u200b\u200b";
    await writeReply(writer.page, invisible);
    await writer.page.locator("#error-body").waitFor();
    assert.equal(await field.inputValue(), invisible);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await writer.page.locator(".pending").count(), 0);
    await writeReply(writer.page, "Something visible.");
    await post(writer.page, 2).waitFor();
    assert.equal(await writer.page.locator("#error-body").count(), 0);
  },
};
