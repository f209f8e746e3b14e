// What can be measured of the looks: nothing is cut off on a phone.
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

  "every page has one heading of the first level and a title": async (world) => {
    const member = await world.member(0);
    for (const [name, path] of Object.entries(await mainPages(world, member.context))) {
      await member.page.goto(path);
      assert.equal(await member.page.locator("h1").count(), 1, name);
      assert.match(await member.page.title(), /\S · Foyer$/, name);
    }
  },
};
