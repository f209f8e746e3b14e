// Search: one field for films, people, discussions and posts, from every page, with and without JavaScript.
import assert from "node:assert/strict";

const texts = (page, selector) => page.locator(selector).allInnerTexts();

async function ask(page, text) {
  await page.getByLabel("Films, people, discussions and posts").fill(text);
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
}

export const searchScenarios = {
  "a film, its people, a discussion and a post are found by one field without JavaScript": async (world) => {
    const mira = await world.member(0);
    const mark = "zoetrope";
    const thread = await world.discussion(mira.context, `The ${mark} in the window`, 1);
    await world.call(mira.context, "POST", `/api/v1/threads/${thread.id}/posts`, {
      body: `A ${mark} turns ||and she is dead|| slowly.`,
    });
    const page = await world.page(await world.browser(1, { javaScriptEnabled: false, viewport: { width: 360, height: 700 } }));
    await page.goto("/films");
    await page.locator(".search-link").click();
    await ask(page, "samoilova");
    assert.deepEqual(await texts(page, ".found-list .row-title"), ["Tatyana Samoylova"]);
    await ask(page, "craens flying");
    assert.deepEqual(await texts(page, ".film-list .film-title"), ["The Cranes Are Flying"]);
    assert.match(await page.locator("main").innerText(), /This is what was found for “cranes flying”/);
    await ask(page, mark);
    assert.deepEqual(await texts(page, "h2"), ["Discussions", "Posts"]);
    assert.deepEqual(await texts(page, ".found-list mark"), [mark]);
    assert.equal(await page.locator(".found-list .snippet", { hasText: "turns" }).innerText(), `A ${mark} turns [spoiler] slowly.`);
    assert.ok(!(await page.content()).includes("dead"));
    await page.getByRole("link", { name: "Posts", exact: true }).click();
    assert.equal(await page.locator(".kinds [aria-current]").innerText(), "Posts");
    await page.locator(".found-list a").first().click();
    assert.equal(new URL(page.url()).hash, "#post-2");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  },

  "what was removed is found no more, and a search that is not understood says why": async (world) => {
    const mira = await world.member(0);
    const ana = await world.member(1, "moderator");
    const thread = await world.discussion(mira.context);
    const { post } = await world.call(mira.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: "A vile xanthophyll." });
    const page = await world.page(await world.browser(0));
    await page.goto("/search?q=xanthophyll");
    assert.equal((await texts(page, ".found-list li")).length, 1);
    await world.call(ana.context, "POST", `/api/v1/posts/${post.id}/remove`, { reason: "Insults" });
    await page.reload();
    await page.locator(".empty", { hasText: "Nothing was found" }).waitFor();
    await ask(page, "kind:poem");
    await page.getByText("kind: is one of").first().waitFor();
    assert.equal(await page.locator("#field-q").inputValue(), "kind:poem");
  },

  "who types a title reads which discussions are like it, and nothing moves for that": async (world) => {
    const mira = await world.member(0);
    await world.discussion(mira.context, "Who built the phenakistoscope?");
    await mira.page.goto("/threads/new");
    const body = mira.page.locator("textarea[name=body]");
    const before = await body.boundingBox();
    await mira.page.locator("input[name=title]").pressSequentially("On the phenakistoscope and who built it");
    await mira.page.locator(".title-suggestions summary", { hasText: "1 similar discussion" }).waitFor();
    assert.deepEqual(await body.boundingBox(), before);
    await mira.page.locator(".title-suggestions summary").click();
    const link = mira.page.locator(".title-suggestions a");
    assert.equal(await link.innerText(), "Who built the phenakistoscope?");
    assert.match(await link.getAttribute("href"), /^\/threads\/\d+-who-built-the-phenakistoscope$/);
    await mira.page.locator("input[name=title]").fill("Something quite different");
    await mira.page.locator(".title-suggestions details").waitFor({ state: "detached" });
  },

  "the key / goes to the field in the bar, and from a narrow screen to the page that has one": async (world) => {
    const page = await world.page(await world.browser(0, { viewport: { width: 1280, height: 800 } }));
    await page.goto("/threads");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "bar-q");
    await page.keyboard.type("cranes");
    await page.keyboard.press("Enter");
    await page.locator(".film-list", { hasText: "The Cranes Are Flying" }).waitFor();
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "field-q");
    await page.setViewportSize({ width: 360, height: 700 });
    await page.goto("/threads");
    await page.keyboard.press("/");
    await page.waitForURL("**/search#field-q");
  },
};
