// What can be measured of every page: its weight, how it stands on paper, in large text and in the system's colours,
// that nothing is cut off on a phone and nothing but our own door lets HTML in.
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";

import { mainPages } from "../main_pages.mjs";
import { openLive, post } from "../world.mjs";

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

  "no page scrolls sideways at 360 pixels with text at 200 %": async (world) => {
    const options = { viewport: { width: 360, height: 740 } };
    const guest = await world.page(await world.browser(0, options));
    const member = await world.member(0, "member", options);
    const moderator = await world.member(1, "moderator", options);
    const pages = await mainPages(world, member.context);
    const longName = "Wilhelmina_of_the_Balcony";
    await world.services.createUser(longName, world.password, "member");
    pages["a member with a long name"] = `/members/${longName}`;
    for (const page of [guest, member.page, moderator.page]) {
      const session = await page.context().newCDPSession(page);
      await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path);
        assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px");
        await hasNoSidewaysScroll(page, name);
        const skipLink = await page.locator(".skip-link").boundingBox();
        assert.ok(skipLink.y + skipLink.height <= 0, `the skip link lies over the bar of ${name}`);
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

  "paper shows the posts black on white, without bar, composer and buttons": async (world) => {
    const member = await world.member(0, "member", { colorScheme: "dark" });
    const thread = await world.discussion(member.context, "Worth printing", 3);
    await openLive(member.page, thread.path);
    await member.page.emulateMedia({ media: "print" });
    for (const number of [1, 2, 3]) assert.ok(await post(member.page, number).locator(".post-body").isVisible());
    for (const gone of [".bar", ".composer-place", "button", ".post-actions", ".foot"]) {
      const all = await member.page.locator(gone).all();
      assert.ok(all.length > 0, gone);
      for (const one of all) assert.equal(await one.isVisible(), false, gone);
    }
    const colours = await post(member.page, 1).locator(".post-body").evaluate((body) => [
      getComputedStyle(body).color,
      getComputedStyle(document.documentElement).backgroundColor,
    ]);
    assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  },

  "in the system's colours the live state and the present place are still told": async (world) => {
    const { page } = await world.member(0, "member", { forcedColors: "active" });
    const thread = await world.discussion(page.context());
    await openLive(page, thread.path);
    const dot = (state) =>
      page.locator(".live-state").evaluate((element, shown) => {
        element.dataset.state = shown;
        return getComputedStyle(element, "::before").backgroundColor;
      }, state);
    assert.notEqual(await dot("live"), await dot("connecting"));
    await page.goto("/films");
    const underline = (place) => page.locator(place).evaluate((link) => getComputedStyle(link).borderBottomColor);
    const background = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(await underline(`.places a[href="/"]`), background);
    assert.notEqual(await underline(".places a[aria-current]"), background);
  },

  "nothing moves for who asked for less motion": async (world) => {
    const page = await world.page(await world.browser(0, { reducedMotion: "reduce" }));
    await page.goto("/");
    const moving = () =>
      page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("@keyframes turn { to { rotate: 1turn } } main, main::before { content: ''; animation: turn 60s }");
        document.adoptedStyleSheets = [sheet];
        return document.getAnimations().length;
      });
    assert.equal(await moving(), 0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    assert.equal(await moving(), 2);
  },

  "a theme that was chosen holds against the device, on every page, without JavaScript": async (world) => {
    const page = await world.page(await world.browser(0, { colorScheme: "light", javaScriptEnabled: false }));
    const looks = () =>
      page.evaluate(() => {
        const { backgroundColor, color } = getComputedStyle(document.documentElement);
        return [backgroundColor, color, matchMedia("(prefers-color-scheme: dark)").matches];
      });
    const light = ["rgb(246, 243, 236)", "rgb(31, 27, 22)", false];
    const dark = ["rgb(19, 17, 16)", "rgb(237, 230, 218)", false];
    const choose = async (label) => {
      await page.goto("/");
      await page.locator(".foot a", { hasText: "Settings" }).click();
      await page.getByLabel(label).check();
      await page.locator("main button.primary").click();
      await page.locator("[role=status]", { hasText: "Saved." }).waitFor();
    };
    await page.goto("/");
    assert.deepEqual(await looks(), light);
    await choose("Dark");
    for (const path of ["/", "/films", "/nothing-here"]) {
      await page.goto(path);
      assert.deepEqual(await looks(), dark, path);
      assert.equal(await page.locator("meta[name=theme-color]").getAttribute("content"), "#131110");
    }
    await choose("As the device says");
    assert.deepEqual(await looks(), light);
  },

  "the switch of the keys among the settings and the one in their sheet are the same": async (world) => {
    const page = await world.page(await world.browser(0));
    await page.goto("/settings");
    const setting = page.locator("#key-settings");
    const box = (place) => place.getByLabel("Single keys are on");
    await box(setting).uncheck();
    await setting.locator("button").click();
    const sheet = page.locator(".key-sheet");
    assert.equal(await box(sheet).isChecked(), false);
    await box(sheet).check();
    assert.equal(await box(setting).isChecked(), true);
    await box(sheet).uncheck();
    await page.reload();
    assert.equal(await box(setting).isChecked(), false);
  },

  "a post in Arabic runs from right to left, on the page and when it comes": async (world) => {
    const reader = await world.page(await world.browser(0));
    const writer = await world.member(1);
    const thread = await world.discussion(writer.context);
    await openLive(reader, thread.path);
    await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "فيلم رائع" });
    const direction = () => post(reader, 2).locator(".post-body").evaluate((body) => getComputedStyle(body).direction);
    assert.equal(await direction(), "rtl");
    await reader.reload();
    assert.equal(await direction(), "rtl");
    const first = post(reader, 1).locator(".post-body");
    assert.equal(await first.evaluate((body) => getComputedStyle(body).direction), "ltr");
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
