// An own post is edited where it stands: nothing typed is lost, whatever happens to the post, the network or the page.
import assert from "node:assert/strict";

import { inBrowserThatKeepsPages, leave } from "../history.mjs";
import { eventually } from "../processes.mjs";
import { openLive, post } from "../world.mjs";

function topOf(page, number) {
  return post(page, number).evaluate((article) => article.getBoundingClientRect().top);
}

async function stayed(page, number, act) {
  const before = await topOf(page, number);
  await act();
  const after = await topOf(page, number);
  assert.ok(Math.abs(after - before) <= 1, `post ${number} moved from ${before} to ${after}`);
}

// Opens the form of a post; what follows is done with its parts.
async function edit(page, number) {
  await post(page, number).locator(".action-edit a").click();
  const form = post(page, number).locator(".edit-form");
  await form.waitFor();
  return {
    form,
    field: form.locator("textarea"),
    button: (name) => form.getByRole("button", { name }),
    error: form.locator(".field-error"),
  };
}

function focused(page) {
  return page.evaluate(() => `${document.activeElement.closest("article")?.id} ${document.activeElement.className}`);
}

async function idOf(page, number) {
  return post(page, number).getAttribute("data-id");
}

async function writerOf(world, title, posts = 3) {
  const writer = await world.member(0);
  const thread = await world.discussion(writer.context, title, posts);
  await openLive(writer.page, thread.path);
  return { ...writer, thread };
}

export const editingScenarios = {
  "an own post is edited in its place, and both windows show it": async (world) => {
    const { page, thread } = await writerOf(world, "Edited here", 20);
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    await page.evaluate(() => document.documentElement.style.setProperty("overflow-anchor", "none"));
    await post(page, 9).evaluate((article) => article.scrollIntoView({ block: "start", behavior: "instant" }));
    let parts;
    await stayed(page, 9, async () => (parts = await edit(page, 10)));
    assert.equal(await parts.field.inputValue(), "Post number 10.");
    assert.match(await focused(page), /^post-10 /, "the field has the focus");
    assert.equal(await post(page, 10).locator(".post-body:not(.preview)").isVisible(), false);
    await parts.field.fill("Post *number* ten.");
    await parts.button("Preview").click();
    await parts.form.locator(".preview em", { hasText: "number" }).waitFor();
    await stayed(page, 9, async () => {
      await parts.field.press("Control+Enter");
      await post(page, 10).locator(".post-body em", { hasText: "number" }).waitFor();
      await parts.form.waitFor({ state: "detached" });
    });
    assert.equal(await focused(page), "post-10 post-link");
    await post(reader, 10).locator(".post-body em").waitFor();
    await eventually("the page of the writer being that of the reader", async () => {
      const [own, other] = await Promise.all(
        [page, reader].map((one) => post(one, 10).locator(".post-body").evaluate((body) => body.outerHTML)),
      );
      return own === other;
    });
  },

  "an edit that is given up leaves the post, the place and the focus as they were": async (world) => {
    const { page } = await writerOf(world, "Given up", 12);
    const markup = () => post(page, 6).evaluate((article) => article.outerHTML);
    const before = await markup();
    await post(page, 5).evaluate((article) => article.scrollIntoView({ block: "start", behavior: "instant" }));
    for (const giveUp of ["Cancel", "Escape"]) {
      const parts = await edit(page, 6);
      await stayed(page, 5, async () => {
        if (giveUp === "Escape") await parts.field.press("Escape");
        else await parts.button("Cancel").click();
        await parts.form.waitFor({ state: "detached" });
      });
      assert.equal(await page.evaluate(() => document.activeElement.parentElement.className), "action-edit own-only");
      assert.equal(await markup(), before);
    }
    const parts = await edit(page, 6);
    await parts.field.fill("Thrown away.");
    await parts.button("Cancel").click();
    assert.equal(await (await edit(page, 6)).field.inputValue(), "Post number 6.");
  },

  "an edit that is refused or finds no server stands at its field, with the text": async (world) => {
    const { page } = await writerOf(world, "Refused");
    const parts = await edit(page, 2);
    await parts.field.fill("a".repeat(10_001));
    assert.equal(await parts.form.locator(".text-count").textContent(), "10,001 of 10,000 characters, 1 too many");
    await parts.button("Save").click();
    await parts.error.waitFor();
    assert.equal(await parts.field.getAttribute("aria-invalid"), "true");
    assert.match(await parts.field.getAttribute("aria-describedby"), new RegExp(await parts.error.getAttribute("id")));
    assert.equal((await parts.field.inputValue()).length, 10_001);
    await parts.field.fill("Said offline.");
    await page.context().setOffline(true);
    await parts.button("Save").click();
    await parts.error.filter({ hasText: "no connection" }).waitFor();
    assert.equal(await parts.field.inputValue(), "Said offline.");
    await page.context().setOffline(false);
    await parts.button("Save").click();
    await post(page, 2).locator(".post-body", { hasText: "Said offline." }).waitFor();
  },

  "an edit from elsewhere is told beside the form and throws nothing away": async (world) => {
    const { page, context } = await writerOf(world, "Two windows");
    const parts = await edit(page, 2);
    await parts.field.fill("Mine.");
    await world.call(context, "PATCH", `/api/v1/posts/${await idOf(page, 2)}`, { body: "From the *other* window." });
    await parts.form.getByText("Changed meanwhile").waitFor();
    assert.equal(await parts.field.inputValue(), "Mine.");
    assert.match(await focused(page), /^post-2 /);
    await parts.button("show").click();
    await post(page, 2).locator(".post-body:visible em", { hasText: "other" }).waitFor();
    assert.equal(await parts.field.inputValue(), "Mine.");
    await parts.button("Cancel").click();
    await post(page, 2).locator(".post-body em", { hasText: "other" }).waitFor();
    assert.equal(await post(page, 2).getAttribute("data-revision"), "2");
  },

  "a removal ends the edit at once and keeps what was typed for copying": async (world) => {
    const { page } = await writerOf(world, "Taken away");
    const moderator = await world.member(1, "moderator");
    const ids = [await idOf(page, 2), await idOf(page, 3)];
    const parts = await edit(page, 2);
    await parts.field.fill("A better wording.");
    await world.call(moderator.context, "POST", `/api/v1/posts/${ids[0]}/remove`, { reason: "Off topic" });
    await post(page, 2).locator(".post-tombstone").waitFor();
    assert.equal(await page.locator(".edit-form").count(), 0);
    const kept = page.locator(".post-row:has(#post-2) .kept-text");
    assert.equal(await kept.locator("textarea").inputValue(), "A better wording.");
    assert.equal(await kept.locator("textarea").evaluate((field) => field === document.activeElement && field.readOnly), true);
    await kept.getByRole("button", { name: "Discard" }).click();
    await kept.waitFor({ state: "detached" });
    // What was only read is the removed text itself: it goes.
    await edit(page, 3);
    await world.call(moderator.context, "POST", `/api/v1/posts/${ids[1]}/remove`, { reason: "Off topic" });
    await post(page, 3).locator(".post-tombstone").waitFor();
    assert.equal(await page.locator(".kept-text, .edit-form").count(), 0);
  },

  "saving what was not changed makes no revision, and the form fits a phone": async (world) => {
    const writer = await world.member(0, "member", { viewport: { width: 360, height: 740 } });
    const thread = await world.discussion(writer.context, "On a phone", 2);
    await openLive(writer.page, thread.path);
    const parts = await edit(writer.page, 2);
    await parts.field.fill("a".repeat(9_500)); // the count is there as well
    assert.equal(await writer.page.evaluate(() => document.documentElement.scrollWidth), 360);
    assert.equal(await parts.button("Save").evaluate((button) => {
      button.scrollIntoView({ block: "nearest", behavior: "instant" });
      const { left, right, top, bottom } = button.getBoundingClientRect();
      return document.elementFromPoint((left + right) / 2, (top + bottom) / 2) === button;
    }), true, "nothing lies over the form");
    await parts.field.fill("Post number 2.");
    await parts.button("Save").click();
    await parts.form.waitFor({ state: "detached" });
    const saved = await world.call(writer.context, "GET", `/api/v1/posts/${await idOf(writer.page, 2)}`);
    assert.deepEqual([saved.revision, saved.edited_at], [1, null]);
  },

  "the draft of an edit survives a reload and an edit of another post": async (world) => {
    const { page, thread } = await writerOf(world, "Interrupted");
    await (await edit(page, 2)).field.fill("Half of it");
    await page.reload();
    await openLive(page, thread.path);
    let parts = await edit(page, 2);
    assert.equal(await parts.field.inputValue(), "Half of it");
    await parts.form.getByText("not saved").waitFor();
    assert.equal(await (await edit(page, 3)).field.inputValue(), "Post number 3.");
    assert.equal(await page.locator(".edit-form").count(), 1);
    parts = await edit(page, 2);
    await parts.field.press("Escape");
    await parts.form.waitFor({ state: "detached" });
    parts = await edit(page, 2);
    assert.equal(await parts.field.inputValue(), "Half of it");
    await parts.button("Save").click();
    await post(page, 2).locator(".post-body", { hasText: "Half of it" }).waitFor();
    assert.equal(await (await edit(page, 2)).field.inputValue(), "Half of it");
    assert.equal(await page.locator(".edit-form").getByText("not saved").count(), 0);
  },

  "a draft of an older text says that the post has changed, as the open form does": async (world) => {
    const { page, context } = await writerOf(world, "Overtaken draft");
    const id = await idOf(page, 2);
    let parts = await edit(page, 2);
    await parts.field.fill("From Monday.");
    await parts.field.press("Escape");
    await parts.form.waitFor({ state: "detached" });
    await world.call(context, "PATCH", `/api/v1/posts/${id}`, { body: "Corrected on *Tuesday*." });
    await page.locator("#post-2[data-revision='2']").waitFor();
    for (const time of ["first", "second"]) {
      parts = await edit(page, 2);
      assert.equal(await parts.field.inputValue(), "From Monday.");
      assert.match(await parts.form.locator(".edit-news").innerText(), /^Changed meanwhile/, `the ${time} time`);
      await parts.button("show").click();
      await post(page, 2).locator(".post-body:visible em", { hasText: "Tuesday" }).waitFor();
      await parts.field.press("End");
      await parts.field.press("Escape");
      await parts.form.waitFor({ state: "detached" });
    }
    await (await edit(page, 2)).button("Cancel").click();
    parts = await edit(page, 2);
    assert.equal(await parts.field.inputValue(), "Corrected on *Tuesday*.");
    assert.equal(await parts.form.locator(".edit-news").innerText(), "");
  },

  "closing the form leaves the likes that came while it was open": async (world) => {
    const { page } = await writerOf(world, "Liked meanwhile");
    const [reader, other] = [await world.member(1), await world.member(1)];
    const id = await idOf(page, 2);
    const likes = post(page, 2).locator(".like-count");
    const like = ({ context }) => world.call(context, "PUT", `/api/v1/posts/${id}/reactions/like`);
    const close = async ({ form, field }) => {
      await field.press("Escape");
      await form.waitFor({ state: "detached" });
    };
    let parts = await edit(page, 2);
    await like(reader);
    await page.waitForFunction(() => document.querySelector("#post-2 .like-count").textContent.startsWith("1"));
    await close(parts);
    assert.equal(await likes.textContent(), "1 like");
    // The same with a text from elsewhere, which waits in the form.
    parts = await edit(page, 2);
    await world.call(page.context(), "PATCH", `/api/v1/posts/${id}`, { body: "From elsewhere." });
    await parts.form.getByText("Changed meanwhile").waitFor();
    await like(other);
    await world.call(page.context(), "POST", `/api/v1/threads/${await page.locator("live-thread").getAttribute("data-thread-id")}/posts`, {
      body: "The last event.",
    });
    await post(page, 4).waitFor();
    await close(parts);
    await post(page, 2).locator(".post-body", { hasText: "From elsewhere." }).waitFor();
    assert.equal(await likes.textContent(), "2 likes");
  },

  "a text that was asked for before a newer one came is not what is edited": async (world) => {
    const { page, context } = await writerOf(world, "Overtaken answer");
    const id = await idOf(page, 2);
    let answer;
    const asked = new Promise((resolve) => {
      page.route(`**/api/v1/posts/${id}`, async (route) => {
        const response = await route.fetch();
        if (answer === undefined) await new Promise((goOn) => resolve((answer = goOn)));
        await route.fulfill({ response });
      });
    });
    await post(page, 2).locator(".action-edit a").click();
    await asked;
    await world.call(context, "PATCH", `/api/v1/posts/${id}`, { body: "Newer, from elsewhere." });
    await page.locator("#post-2[data-revision='2']").waitFor();
    answer();
    const field = post(page, 2).locator(".edit-form textarea");
    assert.equal(await field.inputValue(), "Newer, from elsewhere.");
    await field.press("Escape");
    await field.waitFor({ state: "detached" });
    assert.equal(await post(page, 2).locator(".post-body").innerText(), "Newer, from elsewhere.");
    assert.equal(await post(page, 2).getAttribute("data-revision"), "2");
  },

  "while an edit is being saved it cannot be given up, and a save that fails says so": async (world) => {
    const { page, context } = await writerOf(world, "Half saved");
    const id = await idOf(page, 2);
    let end;
    let patches = 0;
    await page.route(`**/api/v1/posts/${id}`, async (route) => {
      if (route.request().method() !== "PATCH") return route.continue();
      patches += 1;
      return (await new Promise((resolve) => (end = resolve)))(route);
    });
    const parts = await edit(page, 2);
    await parts.field.fill("Said once.");
    await parts.button("Save").click();
    await eventually("the request", () => patches === 1);
    for (const button of await parts.form.locator("button").all()) assert.equal(await button.isDisabled(), true);
    await parts.field.press("Escape");
    await parts.field.press("Control+Enter");
    await post(page, 3).locator(".action-edit a").click();
    assert.equal(await post(page, 2).locator(".edit-form").count(), 1);
    end((route) => route.abort());
    await parts.error.filter({ hasText: "no connection" }).waitFor();
    assert.match(await focused(page), /^post-2 /);
    assert.equal(patches, 1);
    await parts.button("Save").click();
    await eventually("the second request", () => patches === 2);
    end((route) => route.continue());
    await parts.form.waitFor({ state: "detached" });
    assert.equal((await world.call(context, "GET", `/api/v1/posts/${id}`)).body, "Said once.");
  },

  "what was typed into a removed post stands in one box, until the post is back": async (world) => {
    const { page } = await writerOf(world, "To and fro");
    const moderator = await world.member(1, "moderator");
    const id = await idOf(page, 2);
    const moderate = async (verb, state) => {
      await world.call(moderator.context, "POST", `/api/v1/posts/${id}/${verb}`, verb === "remove" ? { reason: "Off topic" } : undefined);
      await page.locator(`#post-2[data-state=${state}]`).waitFor();
    };
    const kept = page.locator(".kept-text");
    for (const text of ["Typed first.", "Typed then."]) {
      await (await edit(page, 2)).field.fill(text);
      await moderate("remove", "removed");
      assert.deepEqual(await kept.locator("textarea").evaluateAll((fields) => fields.map(({ value }) => value)), [text]);
      await moderate("restore", "visible");
      assert.equal(await kept.count(), 0);
      assert.equal(await focused(page), "post-2 post-link");
    }
    const parts = await edit(page, 2);
    assert.equal(await parts.field.inputValue(), "Typed then.");
    assert.equal(await parts.form.locator(".edit-news").innerText(), "This is what you had not saved.");
  },

  "the edit page of a post that was removed meanwhile does not come back with its text": async (world) => {
    const { page } = await writerOf(world, "No way back");
    const moderator = await world.member(1, "moderator");
    const ids = [await idOf(page, 2), await idOf(page, 3)];
    const remove = (id) => world.call(moderator.context, "POST", `/api/v1/posts/${id}/remove`, { reason: "Off topic" });
    const back = (tab) => tab.goBack({ waitUntil: "commit", timeout: 3_000 }).catch(() => {});
    const isGone = (tab, text) => eventually("the text being gone", async () => !(await tab.content()).includes(text));
    const isKept = (tab, text) =>
      eventually("what was typed", async () => (await tab.locator("textarea:visible").inputValue({ timeout: 500 })) === text);
    const leaveAndReturn = async (tab, id, text) => {
      await tab.goto(`/posts/${id}/edit`);
      await tab.locator("textarea").fill("Typed and left.");
      await leave(tab);
      await back(tab);
      await isKept(tab, "Typed and left.");
      await leave(tab);
      await remove(id);
      await back(tab);
      await isGone(tab, text);
    };
    await leaveAndReturn(page, ids[0], "Post number 2.");
    await inBrowserThatKeepsPages(world, async (keeping) => {
      const writer = await keeping.browser(0, { storageState: await page.context().storageState() });
      await leaveAndReturn(await keeping.page(writer), ids[1], "Post number 3.");
    });
  },

  "the author of a changed text finds its history, and others do not": async (world) => {
    const author = await world.member(0);
    const reader = await world.member(1);
    const thread = await world.discussion(author.context, "Twice written", 2);
    for (const { page } of [author, reader]) await openLive(page, thread.path);
    const history = (page, number) => post(page, number).locator(".action-history a");
    assert.equal(await history(author.page, 2).isVisible(), false);
    await world.call(author.context, "PATCH", `/api/v1/posts/${await idOf(author.page, 2)}`, { body: "Better words." });
    await reader.page.locator("#post-2[data-revision='2']").waitFor();
    assert.equal(await history(reader.page, 2).isVisible(), false);
    await history(author.page, 2).click();
    await author.page.getByRole("heading", { name: "History of post #2" }).waitFor();
    assert.deepEqual(await author.page.locator(".revision-text").allInnerTexts(), ["Post number 2.", "Better words."]);
  },
};
