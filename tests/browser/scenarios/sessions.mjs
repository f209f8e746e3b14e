// The session behind a page ends or changes elsewhere: the page follows, and nothing that was written is lost.
import assert from "node:assert/strict";

import { inBrowserThatKeepsPages, leave, returnTo } from "../history.mjs";
import { openLive, post } from "../world.mjs";

const draft = "Half a thought about the staircase";

// Lets a test close the page's socket with a code of its choice.
async function openWithCloser(page, path) {
  await page.addInitScript(() => {
    const Native = window.WebSocket;
    window.WebSocket = class extends Native {
      constructor(...given) {
        super(...given);
        window.socketsOpened = (window.socketsOpened ?? 0) + 1;
        window.closeSocket = (code) => {
          const closed = this.onclose;
          this.close();
          closed?.({ code });
        };
      }
    };
  });
  await openLive(page, path);
}

async function isAGuestsPage(page) {
  await page.locator("body:not([data-user-id])").waitFor();
  await page.locator(".live-state[data-state=live]").waitFor();
  const actions = await page.locator(".post-actions li:visible").allInnerTexts();
  assert.deepEqual(actions.filter((words) => words.trim() !== ""), []);
  assert.equal(await page.locator("textarea[name=body]").isVisible(), false);
}

export const sessionScenarios = {
  "logging out in another tab makes the page a guest's: the draft is kept, live goes on, logging in leads back": async (world) => {
    const { name, context, page } = await world.member(0);
    const other = await world.member(1);
    const thread = await world.discussion(context, "Two tabs");
    await openLive(page, thread.path);
    await page.locator("textarea[name=body]").fill(draft);
    const tab = await world.page(context);
    await tab.goto(thread.path);
    await tab.locator(".log-out button").click();
    await tab.locator(".account a", { hasText: "Log in" }).waitFor();
    await isAGuestsPage(page);
    assert.equal(
      (await page.locator("reply-composer .invitation").textContent()).trim(),
      "You are logged out. Log in to go on. Your draft is kept.",
    );
    await world.call(other.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "Going on." });
    await post(page, 2).waitFor();
    await page.locator("reply-composer .invitation a").click();
    await page.locator("main [name=login]").fill(name);
    await page.locator("main [name=password]").fill(world.password);
    await page.locator("main form button.primary").click();
    await page.locator("reply-composer").waitFor();
    assert.equal(new URL(page.url()).pathname, thread.path);
    assert.equal(await page.locator("textarea[name=body]").inputValue(), draft);
  },

  "a moderator who is logged out elsewhere keeps none of the controls": async (world) => {
    const { context, page } = await world.member(0, "moderator");
    const thread = await world.discussion(context, "No tools left");
    await openLive(page, thread.path);
    await page.locator(".lock-form").waitFor();
    await world.call(context, "DELETE", "/api/v1/session");
    await isAGuestsPage(page);
    assert.equal(await page.locator(".thread-tools").isVisible(), false);
    assert.equal(await page.locator(`.foot a[href="/moderation/log"]`).isVisible(), false);
  },

  "another member in the same browser is offered the page anew and cannot write as the first": async (world) => {
    const { context, page } = await world.member(0);
    const other = await world.member(0);
    const thread = await world.discussion(context, "Your turn");
    await openLive(page, thread.path);
    await page.locator("textarea[name=body]").fill(draft);
    // The page must not ask who it is between the two: it would rightly be told nobody.
    let loggedIn;
    const otherIsThere = new Promise((resolve) => (loggedIn = resolve));
    await page.route("**/api/v1/session", async (route) => {
      await otherIsThere;
      await route.continue();
    });
    await world.call(context, "DELETE", "/api/v1/session");
    await world.call(context, "POST", "/api/v1/session", { login: other.name, password: world.password });
    loggedIn();
    await isAGuestsPage(page);
    assert.equal(await page.locator(".account a").textContent(), other.name);
    await page.locator("reply-composer .invitation", { hasText: `You are now logged in as ${other.name}.` }).waitFor();
    await page.locator("reply-composer .invitation a").click();
    await page.locator(`label:has-text("as ${other.name}")`).waitFor({ state: "attached" });
    assert.equal(await page.locator("textarea[name=body]").inputValue(), "", "a draft stays with its writer");
  },

  "a session that is still good comes back, however often the socket is closed": async (world) => {
    const { name, context, page } = await world.member(0);
    const thread = await world.discussion(context, "Still here");
    await openWithCloser(page, thread.path);
    for (let turn = 0; turn < 2; turn += 1) {
      const opened = await page.evaluate(() => {
        window.closeSocket(4401);
        return window.socketsOpened;
      });
      await page.waitForFunction((before) => window.socketsOpened > before, opened);
      await page.locator(".live-state[data-state=live]").waitFor();
    }
    assert.equal(await page.locator("body").getAttribute("data-user-name"), name);
    assert.equal(await page.locator("textarea[name=body]").isVisible(), true);
  },

  "who writes before the page has heard that the session ended keeps the post and learns why it was not sent": async (world) => {
    const { name, context, page } = await world.member(0);
    const thread = await world.discussion(context, "Too late");
    // A socket that never gets through.
    await page.addInitScript(() => {
      window.WebSocket = class {
        close() {}
      };
    });
    await page.goto(thread.path);
    await world.call(context, "DELETE", "/api/v1/session");
    await page.locator("textarea[name=body]").fill(draft);
    await page.locator("reply-composer button.primary").click();
    await page.locator("reply-composer .invitation", { hasText: "Your draft is kept." }).waitFor();
    assert.equal(await page.locator(".post-row.pending").count(), 0, "who comes after does not read it");
    await page.locator("reply-composer .invitation a").click();
    await page.locator("main [name=login]").fill(name);
    await page.locator("main [name=password]").fill(world.password);
    await page.locator("main form button.primary").click();
    await page.locator(".failed .post-body", { hasText: draft }).waitFor();
  },

  "a page that the browser kept over a log-out returns as a guest's": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context, "Left behind");
    await inBrowserThatKeepsPages(world, async (kept) => {
      const context = await kept.browser(0);
      await kept.call(context, "POST", "/api/v1/session", { login: writer.name, password: world.password });
      const page = await kept.page(context);
      await openLive(page, thread.path);
      await leave(page);
      await page.locator(".log-out button").click();
      await page.locator(".account a", { hasText: "Log in" }).waitFor();
      await page.goBack({ waitUntil: "commit", timeout: 3_000 }).catch(() => {});
      await returnTo(page);
      await isAGuestsPage(page);
    });
  },

  "nothing is written under the name of who has logged in since, and what the former wrote goes from sight": async (world) => {
    const { context, page } = await world.member(0);
    const other = await world.member(0);
    const thread = await world.discussion(context, "Whose page", 2);
    await page.addInitScript(() => (window.WebSocket = class extends EventTarget { close() {} send() {} }));
    await page.goto(thread.path);
    await page.locator(".action-edit a").first().click();
    await page.locator(".edit-form textarea").fill("Half an edit");
    await page.locator("reply-composer textarea").fill("By whom?");
    await world.call(context, "POST", "/api/v1/session", { login: other.name, password: world.password });
    await page.locator("reply-composer button.primary").click();
    await page.locator("reply-composer .invitation", { hasText: `You are now logged in as ${other.name}.` }).waitFor();
    assert.equal(await page.locator(".post-row.pending, .edit-form:visible").count(), 0);
    const { items } = await world.call(context, "GET", `/api/v1/threads/${thread.id}/posts`);
    assert.deepEqual(items.map(({ body }) => body), ["The first post.", "Post number 2."]);
  },

  "logging out elsewhere does not move what is read": async (world) => {
    const { context, page } = await world.member(0);
    const thread = await world.discussion(context, "Standing still", 30);
    await openLive(page, thread.path);
    await post(page, 20).evaluate((article) => article.scrollIntoView({ block: "center", behavior: "instant" }));
    const first = () => page.evaluate(() => {
      const article = [...document.querySelectorAll("article[data-number]")].find((one) => one.getBoundingClientRect().top >= 64);
      return { number: article.dataset.number, top: article.getBoundingClientRect().top };
    });
    const before = await first();
    await world.call(context, "DELETE", "/api/v1/session");
    await isAGuestsPage(page);
    const after = await post(page, before.number).evaluate((article) => article.getBoundingClientRect().top);
    assert.ok(Math.abs(after - before.top) <= 1, `post ${before.number} moved from ${before.top} to ${after}`);
  },

  "a film cannot be rated from a page whose member has logged out": async (world) => {
    const { context, page } = await world.member(0);
    const film = await world.film(context, "The Third Man");
    await page.goto(film.path);
    await page.locator("form.rate .scores").waitFor();
    await page.locator(".live-state[data-state=live]").waitFor();
    await world.call(context, "DELETE", "/api/v1/session");
    await page.locator("body:not([data-user-id])").waitFor();
    assert.equal(await page.locator("form.rate").isVisible(), false);
  },
};
