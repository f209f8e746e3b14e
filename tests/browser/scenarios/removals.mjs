// A removal reaches every screen that shows the post, wherever the page was at that moment.
import assert from "node:assert/strict";

import { inBrowserThatKeepsPages, leave, returnTo } from "../history.mjs";
import { eventually } from "../processes.mjs";
import { hide, openLive, post, show } from "../world.mjs";

const words = "A most regrettable sentence.";

// A thread whose second post is to be removed.
async function regrettable(world, writer, title, posts = 3) {
  const thread = await world.discussion(writer.context, title);
  const { post: second } = await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: words });
  if (posts > 2) await world.flood(writer.context, thread, posts - 2);
  return { thread, second };
}

function remove(world, moderator, { id }) {
  return world.call(moderator.context, "POST", `/api/v1/posts/${id}/remove`, { reason: "Off topic" });
}

async function isClean(page, number = 2) {
  await page.locator(`#post-${number}[data-state=removed]`).waitFor();
  assert.ok(!(await page.locator("main").textContent()).includes("regrettable"), `${page.url()} still shows the text`);
}

// From its return on, this page notes for every frame whether the words can be read; its socket never comes back.
async function watchReturn(page) {
  await page.evaluate(() => {
    window.WebSocket = class {
      close() {}
    };
    window.addEventListener("pageshow", () => {
      window.frames_seen = 0;
      window.readable = 0;
      const look = () => {
        const body = [...document.querySelectorAll(".post-body")].find((one) => one.textContent.includes("regrettable"));
        window.frames_seen += 1;
        if (body !== undefined && getComputedStyle(body).opacity !== "0") window.readable += 1;
        requestAnimationFrame(look);
      };
      look();
    });
  });
}

export const removalScenarios = {
  "a removal reaches open pages on every node, several tabs, hidden ones and the first of several pages": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const { thread, second } = await regrettable(world, writer, "Everywhere", 103);
    const context = await world.browser(1);
    const pages = [writer.page, await world.page(context), await world.page(context), await world.page(await world.browser(0))];
    for (const page of pages) await openLive(page, thread.path);
    const last = await world.page(context);
    await openLive(last, `${thread.path}?page=3`);
    await hide(pages[2]);
    await remove(world, moderator, second);
    for (const page of pages) await isClean(page);
    const rows = await last.locator("article[data-number]").evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(rows, ["post-101", "post-102", "post-103"], "the last page stays as it is");
    await show(pages[2]);
    await isClean(pages[2]);
  },

  "a removed comment goes from the film's page and from the thread that holds the comments": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const film = await world.film(writer.context, "The Third Man");
    const { post: comment } = await world.call(writer.context, "POST", `/api/v1/films/${film.id}/comments`, { body: words });
    const reader = await world.page(await world.browser(1));
    const inThread = await world.page(await world.browser(0));
    await openLive(reader, film.path);
    await openLive(inThread, `/threads/${comment.thread_id}`);
    await remove(world, moderator, comment);
    await isClean(reader, comment.number);
    await isClean(inThread, comment.number);
  },

  "a removal reaches a screen that was offline when it comes back": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const { thread, second } = await regrettable(world, writer, "Offline");
    const reader = await world.page(await world.browser(balancer.address));
    await openLive(reader, thread.path);
    balancer.cut();
    await reader.locator(".live-state[data-state=waiting]").waitFor();
    await remove(world, moderator, second);
    balancer.mend();
    await isClean(reader);
  },

  "a page that returns from the history is clean before its text can be read, even while its socket stays away": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const { thread, second } = await regrettable(world, writer, "Kept by the browser");
    await inBrowserThatKeepsPages(world, async (kept) => {
      const reader = await kept.page(await kept.browser(1));
      await openLive(reader, thread.path);
      await watchReturn(reader);
      await leave(reader);
      await remove(world, moderator, second);
      await returnTo(reader);
      await isClean(reader);
      await reader.locator("live-thread:not([data-unchecked])").waitFor();
      assert.equal(await post(reader, 1).locator(".post-body").evaluate((body) => getComputedStyle(body).opacity), "1");
      const { frames, readable } = await reader.evaluate(() => ({ frames: window.frames_seen, readable: window.readable }));
      assert.ok(frames > 0);
      assert.equal(readable, 0, `the words could be read in ${readable} of ${frames} frames`);
    });
  },

  "a page that returns from the history without any network can be read after two seconds, and is cleaned later": async (world) => {
    const balancer = await world.services.balancer();
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const { thread, second } = await regrettable(world, writer, "Kept, and alone");
    await inBrowserThatKeepsPages(world, async (kept) => {
      const reader = await kept.page(await kept.browser(balancer.address));
      await openLive(reader, thread.path);
      await leave(reader);
      await remove(world, moderator, second);
      balancer.cut();
      await returnTo(reader);
      await reader.locator("live-thread[data-unchecked]").waitFor();
      await reader.locator("live-thread:not([data-unchecked])").waitFor();
      assert.equal((await post(reader, 1).locator(".post-body").textContent()).trim(), "The first post.");
      balancer.mend();
      await isClean(reader);
    });
  },

  "a page that does not follow the posts it shows is loaded anew on the way back and hidden until then": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const { second } = await regrettable(world, writer, "Also there");
    const path = `/members/${writer.name}`;
    const fromCache = await world.page(await world.browser(1));
    const search = await world.page(await world.browser(1));
    await inBrowserThatKeepsPages(world, async (kept) => {
      const reader = await kept.page(await kept.browser(1));
      for (const page of [reader, fromCache]) {
        await page.goto(path);
        await page.locator(".post-body", { hasText: "regrettable" }).waitFor();
      }
      await search.goto(`/search?in=posts&q=by:${writer.name}`);
      await search.locator(".snippet", { hasText: "regrettable" }).waitFor();
      await reader.evaluate(() => {
        window.addEventListener("pageshow", () => {
          sessionStorage.setItem("opacity", getComputedStyle(document.querySelector("main")).opacity);
        });
      });
      for (const page of [reader, fromCache, search]) await page.goto("/films");
      await remove(world, moderator, second);
      for (const page of [reader, fromCache, search]) {
        await page.goBack({ waitUntil: "commit", timeout: 3_000 }).catch(() => {});
        await eventually("the page without the text", async () => {
          const posts = page.locator("body:not([data-unchecked]) :is(.member-posts, .found-list)");
          return !(await posts.textContent({ timeout: 1_000 })).includes("regrettable");
        });
      }
      assert.equal(await reader.evaluate(() => sessionStorage.getItem("opacity")), "0", "the kept page was hidden");
    });
  },

  "an old copy of a page that the browser takes from its cache is brought up to date": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const { thread, second } = await regrettable(world, writer, "From the cache");
    const reader = await world.page(await world.browser(1));
    await openLive(reader, thread.path);
    const seq = await reader.locator("live-thread").getAttribute("data-seq");
    await reader.goto("/films");
    await remove(world, moderator, second);
    await reader.goBack({ waitUntil: "commit" });
    await isClean(reader);
    const { served, first } = await reader.evaluate(async () => {
      const [{ transferSize, type }] = performance.getEntriesByType("navigation");
      return { served: transferSize, first: type };
    });
    assert.equal(first, "back_forward");
    assert.equal(served, 0, "the copy came from the cache, as old as it was");
    assert.ok(Number(await reader.locator("live-thread").getAttribute("data-seq")) > Number(seq));
  },
};
