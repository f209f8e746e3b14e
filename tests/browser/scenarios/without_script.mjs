// Everything works without JavaScript: the pages are complete and the forms post by themselves.
import assert from "node:assert/strict";

import { post } from "../world.mjs";

const password = "a long enough password";

async function fillAndSend(page, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await page.locator(`main [name=${name}]:not([type=hidden])`).fill(value);
  }
  await page.locator("main form button[type=submit].primary").click();
}

async function register(world, page, name) {
  await page.goto("/register");
  await fillAndSend(page, { name, email: `${name}@foyer.example`, password });
  await page.locator(".account .viewer", { hasText: name }).waitFor();
}

export const withoutScriptScenarios = {
  "a guest without JavaScript reads, registers, logs out and in again": async (world) => {
    const page = await world.page(await world.browser(0, { javaScriptEnabled: false }));
    const name = world.newName("plain");
    await page.goto("/films?q=cranes");
    await page.locator("a", { hasText: "The Cranes Are Flying" }).click();
    const text = await page.locator("main").textContent();
    for (const fact of ["12 October 1957", "1 hour 37 minutes", "Mikhail Kalatozov", "Viktor Rozov", "Tatyana Samoylova",
      "Aleksey Batalov", "Vasili Merkuryev", "Aleksandr Shvorin"]) {
      assert.ok(text.includes(fact), `the film page does not say ${fact}`);
    }
    assert.match(text, /No ratings yet|of 10 from \d+ rating/);
    const film = new URL(page.url()).pathname;
    await page.locator(".invitation a", { hasText: "register" }).click();
    await fillAndSend(page, { name, email: `${name}@foyer.example`, password });
    assert.equal(new URL(page.url()).pathname, film, "registering leads back to the page");
    await page.locator(".log-out button").click();
    await page.locator("a", { hasText: "Log in" }).first().click();
    await fillAndSend(page, { login: name, password: "wrong password" });
    await page.locator(".form-errors").waitFor();
    assert.equal(await page.locator("[name=login]").inputValue(), name, "the name is kept");
    await fillAndSend(page, { login: name, password });
    await page.locator(".account .viewer", { hasText: name }).waitFor();
  },

  "a member without JavaScript starts a discussion, posts, replies, edits and deletes": async (world) => {
    const page = await world.page(await world.browser(1, { javaScriptEnabled: false }));
    await register(world, page, world.newName("plain"));
    await page.goto("/films?q=third");
    await page.locator("a", { hasText: "The Third Man" }).click();
    await page.locator("a", { hasText: "Start a discussion" }).click();
    await fillAndSend(page, { title: "The zither", body: "Who else *hears* it for days?" });
    assert.equal(await page.locator("h1").textContent(), "The zither");
    assert.equal(await post(page, 1).locator("em").textContent(), "hears");
    await fillAndSend(page, { body: "I do." });
    await post(page, 2).waitFor();
    await post(page, 1).locator(".action-reply a").click();
    await fillAndSend(page, { body: "Answering myself." });
    assert.match(await post(page, 3).locator(".post-reply-to").textContent(), /in reply to #1/);
    await post(page, 2).locator(".action-edit a").click();
    assert.equal(await page.locator("[name=body]").inputValue(), "I do.");
    await fillAndSend(page, { body: "I do, still." });
    assert.equal((await post(page, 2).locator(".post-body").textContent()).trim(), "I do, still.");
    await post(page, 3).locator(".action-delete a").click();
    await page.locator("button.danger").click();
    assert.equal(await post(page, 3).locator(".post-tombstone").textContent(), "Deleted by its author");
    await page.goto("/");
    await page.locator(".thread-row", { hasText: "The zither" }).waitFor();
    await page.goto("/threads");
    await page.locator(".thread-row", { hasText: "The zither" }).waitFor();
  },

  "a comment on a film without JavaScript stands on the film's page, for guests too": async (world) => {
    const page = await world.page(await world.browser(0, { javaScriptEnabled: false }));
    await register(world, page, world.newName("plain"));
    await page.goto("/films?q=eden");
    await page.locator("a", { hasText: "East of Eden" }).click();
    const film = new URL(page.url()).pathname;
    await fillAndSend(page, { body: "The lettuce train." });
    assert.equal(new URL(page.url()).pathname, film);
    await post(page, 1).waitFor();
    const guest = await world.page(await world.browser(1, { javaScriptEnabled: false }));
    await guest.goto(film);
    assert.equal((await post(guest, 1).locator(".post-body").textContent()).trim(), "The lettuce train.");
    assert.match(await guest.locator(".invitation").textContent(), /Log in to comment, or register\. It takes a minute\./);
  },

  "a form with mistakes comes back with what was typed and says what is wrong": async (world) => {
    const page = await world.page(await world.browser(0, { javaScriptEnabled: false }));
    await page.goto("/register");
    const name = world.newName("plain");
    await fillAndSend(page, { name, email: `${name}@foyer.example`, password: "short" });
    await page.locator(".form-errors").waitFor();
    assert.equal(await page.locator("[name=name]").inputValue(), name);
    assert.equal(await page.locator("[name=email]").inputValue(), `${name}@foyer.example`);
    assert.equal(await page.locator("[name=password]").getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator("[name=name]").getAttribute("aria-invalid"), null);
  },

  "a preview without JavaScript shows a reply, a first post and an edit before they are sent": async (world) => {
    const page = await world.page(await world.browser(0, { javaScriptEnabled: false }));
    await register(world, page, world.newName("plain"));
    const preview = async (fields, html) => {
      for (const [name, value] of Object.entries(fields)) await page.locator(`main [name=${name}]:not([type=hidden])`).fill(value);
      await page.locator(".preview-button").click();
      assert.equal(await page.locator("#preview").innerHTML(), html);
      for (const [name, value] of Object.entries(fields)) {
        assert.equal(await page.locator(`main [name=${name}]:not([type=hidden])`).inputValue(), value, name);
      }
    };
    await page.goto("/threads/new");
    await preview({ title: "Looked at first", body: "A *first* one." }, "<p>A <em>first</em> one.</p>");
    await page.locator("main form button.primary").click();
    await preview({ body: "A **reply**." }, "<p>A <strong>reply</strong>.</p>");
    assert.equal(await page.locator(".post-row").count(), 1, "nothing is posted yet");
    await page.locator("main form button.primary").click();
    await post(page, 2).locator(".action-edit a").click();
    await preview({ body: "A `reply`." }, "<p>A <code>reply</code>.</p>");
    await page.locator("main form button.primary").click();
    assert.equal((await post(page, 2).locator(".post-body").textContent()).trim(), "A reply.");
  },

  "a form that is sent twice makes one post": async (world) => {
    const page = await world.page(await world.browser(0, { javaScriptEnabled: false }));
    const name = world.newName("plain");
    await register(world, page, name);
    const thread = await world.discussion(page.context(), "Sent twice");
    await page.goto(thread.path);
    const key = await page.locator("reply-composer [name=key]").inputValue();
    const send = () =>
      page.context().request.post(`${thread.path}/posts`, {
        form: { key, body: "Once." },
        headers: { Origin: world.node(0) },
      });
    await Promise.all([send(), send()]);
    await page.goto(thread.path);
    assert.equal(await page.locator("article.post[data-number]").count(), 2);
  },

  "a wrong slug leads to the right address, and what does not exist is a page that says so": async (world) => {
    const context = await world.browser(0, { javaScriptEnabled: false });
    const page = await world.page(context);
    const film = await world.film(context, "The Third Man");
    await page.goto(`/films/${film.id}-wrong`);
    assert.equal(new URL(page.url()).pathname, film.path);
    const missing = await page.goto("/films/999999999-nothing");
    assert.equal(missing.status(), 404);
    assert.equal(await page.locator("h1").count(), 1);
    await page.goto(film.path);
    await page.locator(".facts a", { hasText: "Carol Reed" }).click();
    assert.match(new URL(page.url()).pathname, /^\/people\/\d+-carol-reed$/);
    await page.locator("a", { hasText: "The Third Man" }).first().click();
    await page.locator("a.view-all").last().click();
    assert.match(await page.locator("h1").textContent(), /Cast of The Third Man/);
  },
};
