// Writing: what is previewed is what is posted, a limit is told before it is met, and what is selected is quoted.
import assert from "node:assert/strict";

import { afterTwoFrames, openLive, post } from "../world.mjs";

export const composingScenarios = {
  "the preview is what the post becomes, and errors stand at the field with the text kept": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    const field = writer.page.locator("textarea[name=body]");
    const text = "He *falls* ||on the stairs||.\n\n> and the birches turn";
    await field.fill(text);
    await writer.page.getByRole("button", { name: "Preview" }).click();
    const preview = writer.page.locator(".preview");
    await preview.locator("em", { hasText: "falls" }).waitFor();
    const previewed = await preview.innerHTML();
    await writer.page.getByRole("button", { name: "Preview" }).click();
    await preview.waitFor({ state: "hidden" });
    assert.equal(await field.inputValue(), text);
    await writer.page.locator("reply-composer button.primary").click();
    await writer.page.locator("#post-2:not(.pending) .post-body em").waitFor();
    assert.equal(await post(writer.page, 2).locator(".post-body").innerHTML(), previewed);

    const long = "a".repeat(10_001);
    await field.fill(long);
    await writer.page.getByRole("button", { name: "Preview" }).click();
    await writer.page.locator("#error-body").waitFor();
    assert.equal(await field.inputValue(), long);
    assert.equal(await field.getAttribute("aria-invalid"), "true");
  },

  "the count of characters comes near the limit and says what is too many": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    const field = writer.page.locator("textarea[name=body]");
    const count = writer.page.locator(".text-count");
    await field.fill("\u{1f3ac}".repeat(4_500)); // as many units as would be near, half as many characters
    assert.equal(await count.isVisible(), false);
    await field.fill("\u{1f3ac}".repeat(9_000));
    assert.equal(await count.textContent(), "9,000 of 10,000 characters");
    await field.fill("a".repeat(10_003));
    assert.equal(await count.textContent(), "10,003 of 10,000 characters, 3 too many");
    await field.fill("a");
    await count.waitFor({ state: "hidden" });
  },

  "what is selected in a post is quoted by its Reply": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    await openLive(writer.page, thread.path);
    await post(writer.page, 1)
      .locator(".post-body p")
      .evaluate((paragraph) => getSelection().selectAllChildren(paragraph));
    await post(writer.page, 1).locator(".action-reply a").click();
    const field = writer.page.locator("textarea[name=body]");
    assert.equal(await field.inputValue(), "> The first post.\n\n");
    assert.equal(await writer.page.locator(".answering").isVisible(), true);
    await field.press("End");
    await field.pressSequentially("Indeed.");
    await field.press("Control+Enter");
    await writer.page.locator("#post-2:not(.pending) blockquote", { hasText: "The first post." }).waitFor();
    assert.match(await post(writer.page, 2).locator(".post-reply-to").textContent(), /in reply to #1/);
  },

  "a spoiler that is quoted stays one, closed, opened or in part": async (world) => {
    const writer = await world.member(0);
    const thread = await world.discussion(writer.context);
    const { post: spoiling } = await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, {
      body: "I know: ||Boris never returns|| there.",
    });
    await openLive(writer.page, thread.path);
    const field = writer.page.locator("textarea[name=body]");
    const body = post(writer.page, 2).locator(".post-body");
    const quoted = async (select) => {
      await field.fill("");
      await body.evaluate(select);
      await post(writer.page, 2).locator(".action-reply a").click();
      return (await field.inputValue()).trim();
    };
    const whole = (element) => getSelection().selectAllChildren(element);
    assert.equal(await quoted(whole), "> I know: ||Boris never returns|| there.");
    await body.locator("summary").click();
    assert.equal(await quoted(whole), "> I know: ||Boris never returns|| there.");
    const inside = (element) => {
      const text = element.querySelector(".spoiler").lastChild;
      const words = text.nodeType === Node.TEXT_NODE ? text : text.firstChild;
      getSelection().setBaseAndExtent(words, 0, words, 5);
    };
    assert.match(await quoted(inside), /^> \|\|.+\|\|$/);
    const across = (element) => getSelection().setBaseAndExtent(element.querySelector("summary").nextSibling, 0, element, element.childNodes.length);
    assert.match(await quoted(across), /^> \|\|.+\|\|/);
    await world.call(writer.context, "PATCH", `/api/v1/posts/${spoiling.id}`, { body: "||Boris\nnever\nreturns||" });
    await body.locator("summary").waitFor();
    await writer.page.locator("#post-2[data-revision='2']").waitFor();
    assert.equal(await quoted(whole), "> ||Boris never returns||", "marks in two paragraphs hide nothing");
  },

  "quoting uncovers no spoiler and says what the post says, whatever markup its text looks like": async (world) => {
    const bodies = [
      "In C++ `a || b` is true, and ||the killer is Bob|| ok.",
      "||The killer \\|\\| is Bob||",
      "||it is `x || y` Bob||",
      "A \\|\\| here, ||killer Bob|| there",
      "Look \\` here ||Bob is it|| and \\` there",
      "||a *||b Bob||* c||",
      "||Bob|| \\*x\\* \\[y\\](javascript:z)",
      "||\\[Bob|| x\\](https://a.example)",
      "\\*a ||\\* Bob|| and \\_b ||\\_ Bob||",
      "\\<a:||Bob||>, \\<3||Bob||@example.org>",
      "||see https://example.org/||Bob||\\*|| x",
      "||Bob at https://example.org/a_b_(c)\\*\\|||",
      "||Bob https:*//example.org*\\*||",
      "||Bob at https://example.org/The_Man_(film)|| and https://example.org/_c d_.",
      "\\# no heading ||Bob||\n\n1\\. no list ||Bob||\n\n\\- none ||Bob||\n\n\\> none\n\n\\---\n\n\\~~~\n\n||Bob||",
      "    indented || code\n\n||Bob||",
      "```\nfenced || code\n```\n||Bob||",
      "- one ||Bob||\n- two\n\n> old ||Bob||\n\nnew",
      "a backslash at the end \\\\\n||Bob||\\\\||Bob||",
      "&amp;vert;&vert;&#124;&#124; ||Bob|| &amp;amp; AT&T snake_case_name __init__ [sic]",
      "||Bob|||| and Bob||||| Bob||",
      "text ||[Bob](https://a.example)|| ![Bob||](https://a.example) || end",
    ];
    const { page, context } = await world.member(0);
    const thread = await world.discussion(context, "Hostile quotes");
    for (const body of bodies) await world.call(context, "POST", `/api/v1/threads/${thread.id}/posts`, { body });
    const quoting = await world.discussion(context, "Their quotations");
    const judge = await world.page(context);
    await openLive(page, thread.path);
    for (const [index, body] of bodies.entries()) {
      const { quotation, original } = await post(page, index + 2).evaluate((article) => {
        const field = document.querySelector("reply-composer textarea");
        field.value = "";
        getSelection().selectAllChildren(article.querySelector(".post-body"));
        article.querySelector(".action-reply a").click();
        return { quotation: field.value, original: article.querySelector(".post-body").innerHTML };
      });
      const answer = await world.call(context, "POST", `/api/v1/threads/${quoting.id}/posts`, { body: quotation });
      // What is seen, and all with its covers.
      const words = await judge.evaluate((htmls) => htmls.map((text) => {
        const parsed = new DOMParser().parseFromString(text, "text/html").body;
        for (const summary of parsed.querySelectorAll("summary")) summary.remove();
        const all = parsed.textContent.replaceAll(/\s+/g, "");
        for (const spoiler of parsed.querySelectorAll("details")) spoiler.remove();
        return [all, parsed.textContent.replaceAll(/\s+/g, "")];
      }), [original, answer.post.html]);
      assert.deepEqual(words[1], words[0], `${JSON.stringify(body)} was quoted as ${JSON.stringify(quotation)}`);
    }
  },

  "what is clicked at the end of a thread stays under the pointer when the composer is left": async (world) => {
    const { page, context } = await world.member(0, "member", { viewport: { width: 390, height: 700 } });
    const thread = await world.discussion(context, "At the end", 12);
    await openLive(page, thread.path);
    const foot = page.locator(".composer-foot");
    await page.locator("textarea[name=body]").click();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    const like = post(page, 12).locator(".action-like button").first();
    const { x, y, width, height } = await like.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await afterTwoFrames(page);
    assert.deepEqual(await like.boundingBox(), { x, y, width, height });
    await page.mouse.up();
    await post(page, 12).locator(".action-like", { hasText: "1" }).waitFor();
    assert.equal(await foot.isVisible(), true);
    await post(page, 2).evaluate((article) => article.scrollIntoView({ behavior: "instant" }));
    await foot.waitFor({ state: "hidden" });
  },

  "typing many lines does not scroll the thread away": async (world) => {
    const { page, context } = await world.member(0, "member", { viewport: { width: 1280, height: 800 } });
    const thread = await world.discussion(context, "Long words", 40);
    await openLive(page, thread.path);
    await page.locator("textarea[name=body]").click();
    const before = await page.evaluate(() => scrollY);
    for (let line = 0; line < 25; line += 1) await page.keyboard.type("A line.\n");
    assert.equal(await page.evaluate(() => scrollY), before);
  },

  "Reply brings the answered post above the composer, and Escape leads back to it": async (world) => {
    const { page, context } = await world.member(0, "member", { viewport: { width: 360, height: 740 } });
    const thread = await world.discussion(context, "In sight", 12);
    await openLive(page, thread.path);
    await post(page, 4).evaluate((article) => scrollBy({ top: article.getBoundingClientRect().bottom - 640, behavior: "instant" }));
    await post(page, 4).locator(".action-reply a").click();
    const [bottom, edge] = await page.evaluate(() => [
      document.getElementById("post-4").getBoundingClientRect().bottom,
      document.querySelector(".composer-panel").getBoundingClientRect().top,
    ]);
    assert.ok(bottom <= edge, `post 4 ends at ${bottom}, the composer begins at ${edge}`);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.matches("#post-4 .post-link")), true);
    assert.equal(await page.locator(".answering").isVisible(), false);
  },

  "the form of an edit stands above a composer that is open": async (world) => {
    const { page, context } = await world.member(0, "member", { viewport: { width: 360, height: 740 } });
    const thread = await world.discussion(context, "Both open", 3);
    await openLive(page, thread.path);
    await page.locator("textarea[name=body]").fill("Still writing");
    await post(page, 3).locator(".action-edit a").click();
    const save = page.locator(".edit-form button", { hasText: "Save" });
    await save.waitFor();
    const { y, height } = await save.boundingBox();
    const edge = await page.locator(".composer-panel").evaluate((panel) => panel.getBoundingClientRect().top);
    assert.ok(y + height <= edge, `Save ends at ${y + height}, the composer begins at ${edge}`);
  },

  "a text that is sent without JavaScript after the session ended comes back to be copied": async (world) => {
    const { page, context } = await world.member(0, "member", { javaScriptEnabled: false });
    const thread = await world.discussion(context, "Too late");
    await page.goto(thread.path);
    await page.locator("textarea[name=body]").fill("An hour of work");
    await world.call(context, "DELETE", "/api/v1/session");
    await page.locator("reply-composer button.primary").click();
    await page.getByRole("heading", { name: "Log in to go on" }).waitFor();
    assert.equal(await page.locator("#field-kept").inputValue(), "An hour of work");
    assert.equal(await page.locator("main a", { hasText: "log in" }).getAttribute("href"), `/login?next=${encodeURIComponent(thread.path)}`);
  },
};
