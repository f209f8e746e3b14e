// What is being written on one thread in several tabs: no tab takes a text away from another or brings a sent one back.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";
import { openLive, post } from "../world.mjs";

function fieldOf(page) {
  return page.locator("reply-composer textarea");
}

async function shows(page, text) {
  await eventually(`the field showing "${text}"`, async () => (await fieldOf(page).inputValue()) === text);
}

function answering(page) {
  return page.locator(".answering:visible .answered");
}

// A member with two tabs on one thread.
async function twoTabs(world, title) {
  const { page: one, context } = await world.member(0);
  const { path } = await world.discussion(context, title, 2);
  const two = await world.page(context);
  await openLive(one, path);
  await openLive(two, path);
  return { context, path, one, two };
}

export const draftScenarios = {
  "a draft outlives the tabs in which nothing was typed": async (world) => {
    const { path, one, two } = await twoTabs(world, "Two tabs");
    await fieldOf(two).fill("Half an hour of writing.");
    await shows(one, "Half an hour of writing.");
    await two.close({ runBeforeUnload: true });
    await one.reload();
    await shows(one, "Half an hour of writing.");
    await one.goto("/films");
    await openLive(one, path);
    assert.equal(await fieldOf(one).inputValue(), "Half an hour of writing.");
  },

  "a draft that was written while another tab was elsewhere is not undone by that tab": async (world) => {
    const { path, one, two } = await twoTabs(world, "Deaf tab");
    // As the browser does with a page that it has put to sleep: nothing is heard.
    await one.evaluate(() => window.addEventListener("storage", (event) => event.stopImmediatePropagation(), true));
    await fieldOf(two).fill("Nobody told the other.");
    await two.goto("/films");
    await one.goto("/films");
    await openLive(two, path);
    assert.equal(await fieldOf(two).inputValue(), "Nobody told the other.");
  },

  "what was sent from one tab does not come back as a draft from another": async (world) => {
    const { path, one, two } = await twoTabs(world, "Sent once");
    await fieldOf(one).fill("Only once.");
    await shows(two, "Only once.");
    await fieldOf(two).press("Control+Enter");
    await post(two, 3).waitFor();
    assert.equal(await fieldOf(one).inputValue(), "Only once.", "what was typed here is not taken away under the hands");
    await one.goto("/films");
    await one.goBack();
    await shows(one, "");
    await two.goto("/films");
    await openLive(two, path);
    assert.equal(await fieldOf(two).inputValue(), "");
  },

  "what is typed in two tabs is not exchanged, and sending one text keeps the other": async (world) => {
    const { path, one, two } = await twoTabs(world, "Two texts");
    await fieldOf(one).fill("The first text.");
    await shows(two, "The first text.");
    await fieldOf(two).fill("The second text.");
    await two.waitForFunction(() => Object.values(localStorage).some((kept) => kept.includes("The second text.")));
    assert.equal(await fieldOf(one).inputValue(), "The first text.");
    await fieldOf(one).press("Control+Enter");
    await post(one, 3).waitFor();
    await two.goto("/films");
    await openLive(two, path);
    assert.equal(await fieldOf(two).inputValue(), "The second text.");
  },

  "the post that a draft answers comes back with it, and goes with it": async (world) => {
    const { page, name, context } = await world.member(0);
    const { path } = await world.discussion(context, "Whom?", 3);
    await openLive(page, path);
    await post(page, 2).locator(".action-reply a").click();
    await fieldOf(page).fill("You mean the birches.");
    await page.goto("/films");
    await openLive(page, path);
    assert.equal(await answering(page).textContent(), `#2 ${name}`);
    await fieldOf(page).press("Control+Enter");
    await post(page, 4).locator(".post-reply-to", { hasText: "#2" }).waitFor();
    await post(page, 3).locator(".action-reply a").click();
    await fieldOf(page).fill("Never mind.");
    await page.reload();
    await answering(page).waitFor();
    await fieldOf(page).fill("");
    await page.goto("/films");
    await openLive(page, path);
    assert.equal(await answering(page).count(), 0);
    await post(page, 3).locator(".action-reply a").click();
    await fieldOf(page).fill("To nobody.");
    await page.locator(".stop-answering").click();
    await page.goto("/films");
    await openLive(page, path);
    assert.equal(await fieldOf(page).inputValue(), "To nobody.");
    assert.equal(await answering(page).count(), 0);
  },

  "a text that is refused goes back into the form with the post that it answers": async (world) => {
    const { page, name, context } = await world.member(0);
    const { path } = await world.discussion(context, "Too long", 2);
    await openLive(page, path);
    await post(page, 2).locator(".action-reply a").click();
    await fieldOf(page).fill("a".repeat(10_001));
    await fieldOf(page).press("Control+Enter");
    await page.locator("#error-body").waitFor();
    assert.equal(await answering(page).textContent(), `#2 ${name}`);
  },

  "a post that another tab is sending is not said to be lost, unless that fails": async (world) => {
    const { context, path, one, two } = await twoTabs(world, "Slowly");
    await two.close();
    let answered;
    let asked;
    await one.route("**/api/v1/threads/*/posts", async (route) => {
      asked();
      await answered(route);
    });
    const send = async (text, end) => {
      let release;
      const released = new Promise((resolve) => (release = resolve));
      const wasAsked = new Promise((resolve) => (asked = resolve));
      answered = (route) => released.then(() => end(route));
      await fieldOf(one).fill(text);
      await fieldOf(one).press("Control+Enter");
      await wasAsked;
      const other = await world.page(context);
      await openLive(other, path);
      assert.equal(await other.locator(".post-row.pending").count(), 0);
      release();
      return other;
    };
    const first = await send("A slow one.", (route) => route.continue());
    await post(first, 3).waitFor();
    await eventually("nobody sending any more", () =>
      first.evaluate(async () => (await navigator.locks.query()).held.length + (await navigator.locks.query()).pending.length === 0),
    );
    assert.equal(await first.locator(".post-row.pending").count(), 0);
    const second = await send("A refused one.", (route) => route.fulfill({ status: 503, json: { title: "Busy" } }));
    await second.locator(".post-row.pending", { hasText: "Not sent." }).filter({ hasText: "A refused one." }).waitFor();
  },
};
