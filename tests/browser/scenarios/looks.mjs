// What can be measured of every page: nothing is cut off on a phone, nothing but our own door lets HTML in.
import assert from "node:assert/strict";

import { mainPages } from "../main_pages.mjs";

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
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(beyond, 0, `${name} is ${beyond} px too wide`);
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
