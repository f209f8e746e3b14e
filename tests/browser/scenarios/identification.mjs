// Looking for a film: clues, answers that name one, the asker's choice; with and without JavaScript.
import assert from "node:assert/strict";

import { openLive, post } from "../world.mjs";

const clues = { decade: 1950, country: "Soviet Union", colour: "black_and_white", scene: "A squirrel toy." };

async function search(world, context) {
  const request = { film_ids: [], kind: "identify", title: "Which film is this?", body: "A train, a letter.", clues };
  const { thread } = await world.call(context, "POST", "/api/v1/threads", request);
  return { ...thread, path: `/threads/${thread.id}-${thread.slug}` };
}

export const identificationScenarios = {
  "somebody looks for a film, another names it by look-up, the asker accepts, and both see it solved live": async (world) => {
    const asker = await world.member(0);
    const helper = await world.member(1);
    await asker.page.goto("/threads/new");
    const clueFields = asker.page.locator(".clue-fields");
    assert.equal(await clueFields.isVisible(), false, "clues are asked of those who look for a film");
    await asker.page.getByLabel("I am looking for a film").check();
    await clueFields.waitFor();
    await asker.page.getByLabel("Decade").fill("1950");
    await asker.page.getByLabel("Country").fill("Soviet Union");
    await asker.page.locator("[name=title]").fill("A squirrel toy and a letter");
    await asker.page.locator("[name=body]").fill("I saw it long ago.");
    await asker.page.locator("main button.primary").click();
    await asker.page.locator("h1", { hasText: "A squirrel toy" }).waitFor();
    assert.equal(await asker.page.locator(".search-state").innerText(), "Looking for a film");
    assert.match(await asker.page.locator(".clues").innerText(), /1950s[^]*Soviet Union/);
    const path = new URL(asker.page.url()).pathname;

    for (const { page } of [asker, helper]) await openLive(page, path);
    const { page } = helper;
    await page.locator("textarea[name=body]").fill("It must be");
    const field = page.getByLabel("Name a film");
    await field.pressSequentially("cranes", { delay: 10 });
    await page.getByRole("option", { name: /The Cranes Are Flying/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.match(await page.locator("textarea[name=body]").inputValue(), /^It must be \[The Cranes Are Flying\]\(\/films\/\d+-the-cranes-are-flying\)$/);
    await page.locator("reply-composer button.primary").click();
    await post(page, 2).locator("a.film-title", { hasText: "The Cranes Are Flying" }).waitFor();

    await asker.page.locator(".named-news a").click();
    await asker.page.locator("live-thread[data-following] .live-state[data-state=live]").waitFor();
    assert.equal(await page.getByRole("button", { name: /This is it/ }).count(), 0, "a stranger decides nothing");
    await asker.page.getByRole("button", { name: /This is it/ }).click();
    for (const one of [asker.page, page]) {
      await one.locator(".search-state", { hasText: "Solved: The Cranes Are Flying" }).waitFor();
    }
    await asker.page.goto("/threads?kind=identify");
    await asker.page.locator(".search-words", { hasText: "Solved: The Cranes Are Flying" }).first().waitFor();
  },

  "the clues go from every page of the thread with its first post": async (world) => {
    const asker = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const { path, id } = await search(world, asker.context);
    await world.flood(asker.context, { id }, 50);
    const guest = await world.browser(1);
    const pages = [await world.page(guest), await world.page(guest)];
    for (const [at, page] of pages.entries()) {
      await openLive(page, `${path}?page=${at + 1}`);
      assert.match(await page.locator(".clues").innerText(), /squirrel/);
    }
    const { items } = await world.call(guest, "GET", `/api/v1/threads/${id}/posts`);
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[0].id}/remove`, { reason: "Off topic" });
    for (const page of pages) await page.locator(".clues").waitFor({ state: "detached" });
  },

  "the same goes without JavaScript": async (world) => {
    const asker = await world.member(0, "member", { javaScriptEnabled: false });
    const helper = await world.member(1, "member", { javaScriptEnabled: false });
    const film = await world.film(helper.context, "The Third Man");
    await asker.page.goto("/threads/new");
    await asker.page.getByLabel("I am looking for a film").check();
    await asker.page.locator("[name=title]").fill("A zither in the sewers");
    await asker.page.locator("[name=scene]").fill("A ferris wheel.");
    await asker.page.locator("[name=body]").fill("Black and white, I think.");
    await asker.page.locator("main button.primary").click();
    const path = new URL(asker.page.url()).pathname;
    assert.match(await asker.page.locator(".clues").innerText(), /A ferris wheel/);
    await helper.page.goto(path);
    await helper.page.locator("textarea[name=body]").fill("That one:");
    await helper.page.getByLabel("Name a film").fill(film.path);
    await helper.page.locator("reply-composer button.primary").click();
    await post(helper.page, 2).locator("a.film-title", { hasText: "The Third Man" }).waitFor();
    await asker.page.goto(path);
    await asker.page.getByRole("button", { name: /This is it/ }).click();
    await asker.page.locator(".search-state", { hasText: "Solved: The Third Man" }).waitFor();
    await helper.page.reload();
    await helper.page.locator(".search-state", { hasText: "Solved: The Third Man" }).waitFor();
    await asker.page.getByRole("button", { name: "It is another film after all" }).click();
    assert.equal(await asker.page.locator(".search-state").innerText(), "Looking for a film");
  },

  "films of a new thread are chosen by look-up with the keyboard and taken away again": async (world) => {
    const { page } = await world.member(0);
    await page.goto("/threads/new");
    const field = page.getByLabel("Find a film by its title");
    for (const [typed, title] of [["third", "The Third Man"], ["cranes", "The Cranes Are Flying"]]) {
      await field.pressSequentially(typed, { delay: 10 });
      await page.getByRole("option", { name: new RegExp(title) }).waitFor();
      assert.equal(await field.getAttribute("aria-expanded"), "true");
      await page.keyboard.press("ArrowDown");
      const active = await field.getAttribute("aria-activedescendant");
      assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
      await page.keyboard.press("Enter");
      await page.locator(".film-chips", { hasText: title }).waitFor();
    }
    await field.pressSequentially("third", { delay: 10 });
    await page.getByRole("option", { name: /The Third Man/ }).waitFor();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".film-options").isVisible(), false);
    await field.fill("");
    await page.getByLabel("The Third Man").uncheck();
    await page.locator("[name=title]").fill("Only one of them");
    await page.locator("[name=body]").fill("A first post.");
    await page.locator("main button.primary").click();
    await page.locator("h1", { hasText: "Only one of them" }).waitFor();
    assert.equal(await page.locator(".film-line").innerText(), "The Cranes Are Flying (1957)");
  },

  "films are found and chosen without JavaScript, and what was written stays": async (world) => {
    const { page } = await world.member(0, "member", { javaScriptEnabled: false });
    await page.goto("/threads/new");
    await page.locator("[name=title]").fill("About one film");
    await page.locator("[name=body]").fill("What was written.");
    await page.getByLabel("Find a film by its title").fill("third");
    await page.getByRole("button", { name: "Find a film" }).click();
    await page.getByLabel("The Third Man").check();
    assert.equal(await page.locator("[name=body]").inputValue(), "What was written.");
    await page.locator("main button.primary").click();
    await page.locator(".film-line", { hasText: "The Third Man" }).waitFor();
  },

  "a member proposes a film for a thread, its author confirms it, and a stranger cannot": async (world) => {
    const author = await world.member(0);
    const helper = await world.member(1);
    const thread = await search(world, author.context);
    await openLive(helper.page, thread.path);
    await helper.page.locator(".propose summary").click();
    await helper.page.getByLabel("Film", { exact: true }).pressSequentially("third", { delay: 10 });
    await helper.page.getByRole("option", { name: /The Third Man/ }).click();
    await helper.page.getByRole("button", { name: "Propose the film" }).click();
    await helper.page.locator(".proposals li", { hasText: "The Third Man" }).waitFor();
    assert.equal(await helper.page.getByRole("button", { name: /Confirm/ }).count(), 0);
    await author.page.goto(thread.path);
    await author.page.getByRole("button", { name: /Confirm/ }).click();
    await author.page.locator(".film-line", { hasText: "The Third Man" }).waitFor();
    assert.equal(await author.page.locator(".proposals li").count(), 0);
  },
};
