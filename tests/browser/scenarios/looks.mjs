// What can be measured of every page: its weight, that nothing is cut off on a phone and nothing but our own door lets
// HTML in.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

import { mainPages } from "../main_pages.mjs";

const budgets = { script: 25_000, stylesheet: 10_000, font: 125_000 };

async function hasNoSidewaysScroll(page, name) {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(beyond, 0, `${name} is ${beyond} px too wide`);
}

// What the page asks for on its way, with nothing in the cache; complete when its fonts are there.
async function requestsOf(page, path) {
  const requests = [];
  const note = (request) => requests.push(request);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  page.on("request", note);
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  page.off("request", note);
  return requests;
}

// As it travels, or would: fonts as they are, text with gzip.
async function weightOf(request) {
  const bytes = await (await request.response()).body();
  return request.resourceType() === "font" ? bytes.length : gzipSync(bytes, { level: 9 }).length;
}

export const looksScenarios = {
  "no page scrolls sideways at 360 pixels, for guests, members and moderators": async (world) => {
    const options = { viewport: { width: 360, height: 740 } };
    const guest = await world.page(await world.browser(0, options));
    const member = await world.member(0, "member", options);
    const moderator = await world.member(1, "moderator", options);
    const pages = await mainPages(world, member.context);
    for (const page of [guest, member.page, moderator.page]) {
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path);
        await hasNoSidewaysScroll(page, name);
      }
    }
  },

  "the serif comes once, from our own host, for ever": async (world) => {
    const context = await world.browser(0);
    const page = await world.page(context);
    const film = await world.film((await world.member(0)).context, "The Cranes Are Flying");
    const requests = await requestsOf(page, film.path);
    const foreign = requests.filter((request) => !/^data:/.test(request.url()) && new URL(request.url()).origin !== world.node(0));
    assert.deepEqual(foreign.map((request) => request.url()), []);
    const fonts = requests.filter((request) => request.resourceType() === "font");
    assert.equal(fonts.length, 2, "roman and italic, neither twice");
    for (const font of fonts) {
      const headers = await (await font.response()).allHeaders();
      assert.equal(headers["content-type"], "font/woff2");
      assert.equal(headers["cache-control"], "public, max-age=31536000, immutable");
      assert.equal(headers["content-encoding"], undefined);
    }
    const loaded = await page.evaluate(() =>
      [...document.fonts].filter((face) => face.status === "loaded").map((face) => `${face.family.replaceAll('"', "")} ${face.style}`),
    );
    assert.deepEqual(loaded.filter((face) => !face.includes("Fallback")).sort(), ["Newsreader italic", "Newsreader normal"]);
  },

  "the licence of the serif is served beside it": async (world) => {
    const context = await world.browser(0);
    const page = await world.page(context);
    await page.goto("/");
    const address = await page.locator("link[rel=stylesheet]").getAttribute("href");
    const notice = /\/\* Newsreader: .*, \.\/(\S+) \*\//.exec(await (await context.request.get(address)).text());
    assert.match(await (await context.request.get(`/assets/${notice[1]}`)).text(), /SIL OPEN FONT LICENSE Version 1\.1/);
  },

  "every page keeps to 25 KB of script, 10 KB of style and 125 KB of fonts": async (world) => {
    const moderator = await world.member(0, "moderator");
    for (const [name, path] of Object.entries(await mainPages(world, moderator.context))) {
      const weights = { script: 0, stylesheet: 0, font: 0 };
      for (const request of await requestsOf(moderator.page, path)) {
        if (request.resourceType() in weights) weights[request.resourceType()] += await weightOf(request);
      }
      for (const [kind, most] of Object.entries(budgets)) {
        assert.ok(weights[kind] > 0, `${name} has no ${kind}`);
        assert.ok(weights[kind] <= most, `${name} has ${weights[kind]} bytes of ${kind}`);
      }
    }
  },

  "HTML comes into a page only through its one policy": async (world) => {
    const context = await world.browser(0);
    const thread = await world.discussion((await world.member(0)).context);
    const page = await context.newPage(); // not one that is listened to: this breaks the policy on purpose
    await page.goto(thread.path);
    const refused = await page.evaluate(() => {
      const tries = [
        () => (document.body.innerHTML = "<b>x</b>"),
        () => window.trustedTypes.createPolicy("other", { createHTML: (html) => html }),
        () => document.body.append(Object.assign(document.createElement("script"), { text: "1" })),
      ];
      return tries.map((attempt) => {
        try {
          attempt();
          return "allowed";
        } catch (error) {
          return error.name;
        }
      });
    });
    assert.deepEqual(refused, ["TypeError", "TypeError", "TypeError"]);
  },

  "every page has one heading of the first level and a title": async (world) => {
    const member = await world.member(0);
    for (const [name, path] of Object.entries(await mainPages(world, member.context))) {
      await member.page.goto(path);
      assert.equal(await member.page.locator("h1").count(), 1, name);
      assert.match(await member.page.title(), /\S · Foyer$/, name);
    }
  },
};
