// Reviews: written with and without JavaScript, read by others, and covered as a whole when they tell what happens.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";

const secret = "the harbour burns";

async function writeReview(page, film, { body, score, spoilers = false, title = "" }) {
  await page.goto(film.path);
  await page.getByRole("link", { name: "Write a review" }).click();
  await page.getByLabel("Your review").fill(body);
  if (title !== "") await page.getByLabel("Title").fill(title);
  await page.locator(".scores label", { hasText: new RegExp(`^${score}$`) }).click();
  if (spoilers) await page.getByLabel("It tells what happens").check();
  await page.getByRole("button", { name: "Publish the review" }).click();
  await page.waitForURL(/\/threads\//);
}

async function sourceOf(context, path) {
  return (await context.request.get(path)).text();
}

export const reviewScenarios = {
  "a review is written, read beside the film by others, and changed, with and without JavaScript": async (world) => {
    for (const javaScriptEnabled of [true, false]) {
      const fan = await world.member(0, "member", { javaScriptEnabled });
      const film = await world.film(fan.context, "The Third Man");
      await writeReview(fan.page, film, { body: "The *zither* knows it all.", score: 7 });
      assert.equal(await fan.page.locator("h1 .film-title").innerText(), "The Third Man");
      assert.match(await fan.page.locator(".thread-score").innerText(), /7 of 10/);

      const guest = await world.page(await world.browser(1, { javaScriptEnabled }));
      await guest.goto(film.path);
      const shown = guest.locator(".film-rail .review", { hasText: fan.name });
      assert.match(await shown.innerText(), /7 of 10\s+The zither knows it all\./);
      await shown.getByRole("link", { name: "Review of The Third Man" }).click();
      await guest.locator(".post-body em", { hasText: "zither" }).waitFor();

      await fan.page.goto(film.path);
      assert.equal(await fan.page.locator("#score-7").isChecked(), true);
      await fan.page.getByRole("link", { name: "Change it" }).click();
      assert.equal(await fan.page.getByLabel("Your review").inputValue(), "The *zither* knows it all.");
      await fan.page.getByLabel("Title").fill(`What the zither told ${fan.name}`);
      await fan.page.getByRole("button", { name: "Change the review" }).click();
      await fan.page.locator("h1", { hasText: "What the zither told" }).waitFor();
    }
  },

  "a review that tells what happens leaks nothing before it is opened": async (world) => {
    const fan = await world.member(0);
    const film = await world.film(fan.context, "East of Eden");
    await writeReview(fan.page, film, { body: `In the end ${secret}.`, score: 4, spoilers: true, title: "Too late" });
    const thread = new URL(fan.page.url()).pathname;

    const context = await world.browser(1);
    const guest = await world.page(context);
    await guest.goto(film.path);
    const shown = guest.locator(".film-rail .review", { hasText: fan.name });
    assert.match(await shown.innerText(), /This review tells what happens/);
    const places = [film.path, `${film.path}/reviews`, "/", "/threads", `/api/v1/films/${film.id}/reviews`, `/api/v1/films/${film.id}/threads`];
    for (const place of places) {
      assert.equal((await sourceOf(context, place)).includes(secret), false, place);
    }
    const source = await sourceOf(context, thread);
    const cover = source.indexOf('<details class="spoiler"><summary>This review tells what happens</summary>');
    assert.ok(cover > 0 && source.indexOf(secret) > cover && source.indexOf(secret) < source.indexOf("</details>", cover));
    assert.equal(source.indexOf(secret), source.lastIndexOf(secret));

    await shown.getByRole("link", { name: "Read the review" }).click();
    const text = guest.getByText(secret);
    assert.equal(await text.isVisible(), false);
    await guest.getByText("This review tells what happens").click();
    await text.waitFor({ state: "visible" });
  },

  "what an open film page shows of other threads goes with their texts": async (world) => {
    const fan = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const film = await world.film(fan.context, "Carmen Jones");
    await writeReview(fan.page, film, { body: "A plough, preposterous.", score: 8 });
    const review = Number(/threads\/(\d+)/u.exec(fan.page.url())[1]);
    // The review is a thread of the film's own, so that related ones would not be shown.
    const other = await world.film(fan.context, "A Lost Reel");
    const { thread: found } = await world.call(fan.context, "POST", "/api/v1/threads", {
      film_ids: [],
      kind: "discussion",
      title: "A Lost Reel: where was it found?",
      body: "It is unpropitious.",
    });
    const guest = await world.page(await world.browser(1));
    await guest.goto(film.path);
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    const removed = async (thread, number = 1) => {
      const { items } = await world.call(moderator.context, "GET", `/api/v1/threads/${thread}/posts`);
      await world.call(moderator.context, "POST", `/api/v1/posts/${items[number - 1].id}/remove`, { reason: "spam" });
    };
    const says = (word) => guest.evaluate((wanted) => document.documentElement.outerHTML.includes(wanted), word);
    const place = () => guest.locator("#comments").evaluate((heading) => heading.getBoundingClientRect().top);
    assert.equal(await says("preposterous"), true);
    const changed = { body: "A plough, mended.", score: 8, contains_spoilers: false };
    await world.call(fan.context, "PUT", `/api/v1/films/${film.id}/review`, changed);
    await guest.locator(".review .snippet", { hasText: "mended" }).waitFor();
    assert.equal(await says("preposterous"), false);
    await removed(review);
    await eventually("the review leaving the page", async () => !(await says("mended")));
    await guest.locator(".review-list > .gone").waitFor();

    await guest.goto(other.path);
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    await eventually("the related thread being kept", async () => {
      await guest.reload();
      return await says("unpropitious");
    });
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    const before = await place();
    await removed(found.id);
    // Rings the film's doorbell; else it would take the 15 s of a lost one.
    await world.call(fan.context, "PUT", `/api/v1/films/${other.id}/rating`, { score: 7 });
    await eventually("the related thread leaving the page", async () => !(await says("unpropitious")));
    await guest.locator(".related-list > .gone").waitFor();
    assert.equal(await says("A Lost Reel: where"), false);
    assert.equal(await place(), before, "the page does not move");
  },

  "a review that was removed by mistake is read again on an open film page": async (world) => {
    const fan = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const film = await world.film(fan.context, "The Third Man");
    await writeReview(fan.page, film, { body: "A planetarium, unflinching.", score: 9 });
    const thread = Number(/threads\/(\d+)/u.exec(fan.page.url())[1]);
    const { items } = await world.call(moderator.context, "GET", `/api/v1/threads/${thread}/posts`);
    const guest = await world.page(await world.browser(1));
    await guest.addInitScript(() => (Math.random = () => 0.9)); // reads the page anew 4.5 s after a text has gone
    await guest.goto(film.path);
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    const snippet = guest.locator(`.review[data-excerpt^="${thread}:"] .snippet`);
    await snippet.filter({ hasText: "unflinching" }).waitFor();
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[0].id}/remove`, { reason: "spam" });
    await eventually("the text leaving the page", async () => (await snippet.textContent()) === "");
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[0].id}/restore`, {});
    await snippet.filter({ hasText: "unflinching" }).waitFor();
  },

  "discussions and reviews that come are offered, and what is gone from the film leaves its row": async (world) => {
    const fan = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const film = await world.film(fan.context, "East of Eden");
    const discuss = (title) =>
      world.call(fan.context, "POST", "/api/v1/threads", { film_ids: [film.id], kind: "discussion", title, body: "First." });
    const { thread, post } = await discuss("A parcel of envelopes");
    const guest = await world.page(await world.browser(1));
    await guest.goto(film.path);
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    const offer = (what) => guest.locator(".show-new", { hasText: what });
    assert.deepEqual([await offer("discussions").isVisible(), await offer("reviews").isVisible()], [false, false]);
    const place = () => guest.locator("#comments").evaluate((heading) => heading.getBoundingClientRect().top);
    const before = await place();
    await writeReview(fan.page, film, { body: "Windblown.", score: 6 });
    await offer("reviews").waitFor();
    await offer("discussions").waitFor();
    await world.call(moderator.context, "POST", `/api/v1/posts/${post.id}/remove`, { reason: "spam" });
    await guest.locator(".thread-list > .gone", { hasText: "Gone from here" }).waitFor();
    assert.equal(await guest.getByText("A parcel of envelopes").count(), 0);
    assert.equal(await place(), before);
    await offer("reviews").click();
    await guest.locator(".review", { hasText: "Windblown." }).waitFor();
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    assert.equal(await guest.locator(`.thread-row[data-thread="${thread.id}"]`).count(), 0);
    assert.equal(await offer("reviews").isVisible(), false);
    await world.call(moderator.context, "POST", `/api/v1/posts/${post.id}/restore`);
    await offer("discussions").click();
    await guest.getByText("A parcel of envelopes").waitFor();
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    await world.call(moderator.context, "POST", `/api/v1/posts/${post.id}/remove`, { reason: "by mistake" });
    await guest.locator(".thread-list > .gone").waitFor();
    await world.call(moderator.context, "POST", `/api/v1/posts/${post.id}/restore`);
    await offer("discussions").waitFor();
  },

  "news that are older than the page, or than what another node named, take no row from a film": async (world) => {
    const fan = await world.member(0);
    const film = await world.film(fan.context, "East of Eden");
    const balancer = await world.services.balancer();
    const guest = await world.page(await world.browser(balancer.address));
    await guest.goto(film.path);
    await guest.locator("live-film[data-following]").waitFor({ state: "attached" });
    await guest.evaluate(() => {
      for (const [id, words, at] of [[999_998, "Named before", "9999-12-31T00:00:00.000Z"], [999_999, "Newer than the news", ""]]) {
        const row = document.createElement("p");
        Object.assign(row, { className: "thread-row", textContent: words });
        Object.assign(row.dataset, { thread: String(id), at });
        document.querySelector(".discussions").append(row);
      }
    });
    // The page comes back to another node, which may have kept an older state.
    balancer.cut();
    balancer.mend();
    // Others may have rated it: what shows that the news came is that it says something else.
    const rating = () => guest.locator(".rating").innerText();
    for (const score of [3, 9]) {
      const before = await rating();
      await world.call(fan.context, "PUT", `/api/v1/films/${film.id}/rating`, { score });
      await eventually("the news of the rating", async () => (await rating()) !== before);
    }
    assert.equal(await guest.getByText("Named before").count(), 1);
    assert.equal(await guest.getByText("Newer than the news").count(), 1);
  },

  "the author of a removed review reads so beside the film and is not led into its form": async (world) => {
    const fan = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const film = await world.film(fan.context, "East of Eden");
    await writeReview(fan.page, film, { body: "Over the top.", score: 3 });
    const review = /threads\/(\d+)/u.exec(fan.page.url())[1];
    const { items } = await world.call(moderator.context, "GET", `/api/v1/threads/${review}/posts`);
    await world.call(moderator.context, "POST", `/api/v1/posts/${items[0].id}/remove`, { reason: "rude" });
    await fan.page.goto(film.path);
    await fan.page.getByText("Your review was removed by a moderator.").waitFor();
    const form = await fan.page.goto(`${film.path}/review`);
    assert.equal(form.status(), 409);
  },

  "the reviews stand beside the film on a wide screen and before its comments on a phone": async (world) => {
    const fan = await world.member(0);
    const film = await world.film(fan.context, "Carmen Jones");
    await writeReview(fan.page, film, { body: "Sung, and how.", score: 8 });
    const page = await world.page(await world.browser(0));
    for (const width of [360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(film.path);
      const reviews = await page.locator(".film-rail .review").first().boundingBox();
      const comments = await page.locator("#comments").boundingBox();
      const top = await page.locator(".film-top").boundingBox();
      if (width === 1280) assert.ok(reviews.x > top.x + top.width, "beside the film");
      else assert.ok(reviews.y > top.y + top.height - 1 && reviews.y < comments.y, `before the comments at ${width}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `nothing to scroll sideways at ${width}`);
    }
  },

  "a change of the rating is seen live in the thread of the review": async (world) => {
    const fan = await world.member(0);
    const film = await world.film(fan.context, "The Cranes Are Flying");
    await writeReview(fan.page, film, { body: "It weeps.", score: 9 });
    const guest = await world.page(await world.browser(1));
    await guest.goto(new URL(fan.page.url()).pathname);
    await guest.locator(".live-state[data-state=live]").waitFor();
    await world.call(fan.context, "PUT", `/api/v1/films/${film.id}/rating`, { score: 5 });
    await guest.locator(".thread-score", { hasText: "★★½ 5 of 10" }).waitFor();
  },

  "a member without JavaScript marks a film as seen and takes that back": async (world) => {
    const { page, context } = await world.member(0, "member", { javaScriptEnabled: false });
    const film = await world.film(context, "Carmen Jones");
    await page.goto(film.path);
    const seen = page.getByRole("button", { name: "Seen" });
    for (const pressed of ["true", "false"]) {
      await seen.click();
      assert.equal(await seen.getAttribute("aria-pressed"), pressed);
    }
    await page.getByRole("button", { name: "Watchlist" }).click();
    await page.getByRole("link", { name: "My watchlist" }).click();
    assert.deepEqual(await page.locator(".film-list .row-title, .film-row .row-title").allInnerTexts(), ["Carmen Jones (1954)"]);
  },
};
