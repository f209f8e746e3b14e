// The main pages as guests, members and moderators get them, before judges from outside: html-validate and the W3C's Nu
// checker read the HTML as it is served, axe the page in a browser.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { htmlRules } from "../html_rules.mjs";
import { mainPages } from "../main_pages.mjs";
import { run } from "../processes.mjs";
import { post } from "../world.mjs";

const require = createRequire(new URL("../../../web-client/package.json", import.meta.url));
const { HtmlValidate } = require("html-validate");
const nuChecker = require.resolve("vnu-jar/build/dist/vnu.jar");
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const axeTags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const everyLook = [360, 768, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));
const oppositeLooks = [everyLook[1], everyLook[4]]; // a phone by night, a desk by day

// Whoever looks at the pages, and pages with everything on them that a post can be.
async function prepare(world) {
  const guest = { context: await world.browser(0), role: "guest" };
  guest.page = await world.page(guest.context);
  const member = { ...(await world.member(0)), role: "member" };
  const moderator = { ...(await world.member(1, "moderator")), role: "moderator" };
  const pages = await mainPages(world, member.context);
  const [threadId] = pages.thread.match(/\d+/);
  const posts = `/api/v1/threads/${threadId}/posts`;
  const line = "INT. STAIRCASE - DAY. The camera climbs with him.".repeat(6);
  await world.call(member.context, "POST", posts, { body: `- one\n- two\n\n1. first\n\n\`\`\`\n${line}\n\`\`\`\n\nhttps://foyer.example/` });
  const { items } = await world.call(member.context, "GET", posts);
  await world.call(moderator.context, "POST", `/api/v1/posts/${items[2].id}/remove`, { reason: "Spam", note: "Seen." });
  pages["history of a removed post"] = `/posts/${items[2].id}/history`;
  const [filmId] = pages.film.match(/\d+/);
  const edit = { alternative_titles: ["Quand passent les cigognes"], synopsis: line.replaceAll(" ", "") };
  await world.call(moderator.context, "PATCH", `/api/v1/films/${filmId}`, edit);
  return { pages, viewers: [guest, member, moderator] };
}

async function faultsOfHtml(html) {
  const { results } = await new HtmlValidate(htmlRules).validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column, selector }) => `${ruleId}: ${message} (${line}:${column} ${selector})`),
  );
}

// All documents in one run: Java takes longer to start than the checker to read them. `documents` has HTML by name.
async function checkWithNu(documents) {
  const folder = mkdtempSync(join(tmpdir(), "foyer_html."));
  try {
    const files = Object.entries(documents).map(([name, html]) => {
      const file = join(folder, `${name.replaceAll(" ", "_")}.html`);
      writeFileSync(file, html);
      return file;
    });
    await run(["java", "-jar", nuChecker, "--Werror", ...files]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function servedHtml(context, path) {
  const answer = await context.request.get(path);
  assert.match(answer.headers()["content-type"], /^text\/html/, path);
  return answer.text();
}

// The script comes in by the debugger, which no policy holds back. So the pages keep theirs while they are audited (a
// browser that ignores it would show another page than the readers'), and the last scenario hears if axe breaks it.
async function open(page, path) {
  await page.goto(path);
  if ((await page.locator("live-thread").count()) > 0) {
    await page.locator("live-thread[data-following] .live-state[data-state=live]").waitFor();
  }
  await page.evaluate(axeSource);
}

// Contrast that axe cannot decide counts as well: over something else, or of colours too close for a single letter.
// Without preloading, which takes twice the time of all the rest, axe leaves out two rules: no sound plays by itself
// (there is none), and the style sheet locks no orientation (it asks for none).
function faultsOfPage(page) {
  return page.evaluate(async (tags) => {
    const options = { runOnly: tags, resultTypes: ["violations", "incomplete"], preload: false };
    const { violations, incomplete } = await window.axe.run(options);
    const undecided = incomplete.filter(({ id }) => id === "color-contrast");
    return [...violations, ...undecided].flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`),
    );
  }, axeTags);
}

// As high as the page, however much the scenarios before have written on it: what sticks to the window's edge would
// else cover what is below it.
async function makeWindow(page, width) {
  await page.setViewportSize({ width, height: 1000 });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height });
}

async function faultsInLooks(page, looks) {
  const faults = [];
  for (const { width, colorScheme } of looks) {
    await makeWindow(page, width);
    await page.emulateMedia({ colorScheme });
    faults.push(...(await faultsOfPage(page)).map((fault) => `${width} px, ${colorScheme}: ${fault}`));
  }
  return faults;
}

async function auditEveryPage(world, looks) {
  const { pages, viewers } = await prepare(world);
  const audit = async ({ page, role }) => {
    const faults = [];
    for (const [name, path] of Object.entries(pages)) {
      await open(page, path);
      faults.push(...(await faultsInLooks(page, looks)).map((fault) => `${name} as ${role}, ${fault}`));
    }
    return faults;
  };
  assertNone((await Promise.all(viewers.map(audit))).flat());
}

function assertNone(faults) {
  assert.equal(faults.length, 0, `\n${faults.join("\n")}`);
}

export const auditScenarios = {
  "every page is valid HTML as it is served to guests, members and moderators": async (world) => {
    const { pages, viewers } = await prepare(world);
    const faults = [];
    for (const { context, role } of viewers) {
      for (const [name, path] of Object.entries(pages)) {
        const found = await faultsOfHtml(await servedHtml(context, path));
        faults.push(...found.map((fault) => `${name} as ${role}: ${fault}`));
      }
    }
    assertNone(faults);
  },

  "the Nu checker of the W3C has neither errors nor warnings for any page": async (world) => {
    const { pages, viewers } = await prepare(world);
    const documents = {};
    for (const { context, role } of viewers) {
      for (const [name, path] of Object.entries(pages)) documents[`${name} as ${role}`] = await servedHtml(context, path);
    }
    await checkWithNu(documents);
  },

  "axe finds nothing wrong with any page, on a phone by night and on a desk by day": (world) =>
    auditEveryPage(world, oppositeLooks),

  "axe finds nothing wrong with an edit, its error and its news, nor with what is kept of it": async (world) => {
    const { page, context } = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(context, "Edited under audit", 3);
    await open(page, thread.path);
    await post(page, 2).locator(".action-edit a").click();
    const field = post(page, 2).locator(".edit-form textarea");
    await field.fill("a".repeat(10_001));
    await post(page, 2).getByRole("button", { name: "Save" }).click();
    await post(page, 2).locator(".field-error").waitFor();
    const path = `/api/v1/posts/${await post(page, 2).getAttribute("data-id")}`;
    await world.call(context, "PATCH", path, { body: "From elsewhere." });
    await post(page, 2).getByText("Changed meanwhile").waitFor();
    assertNone(await faultsInLooks(page, everyLook));
    await world.call(moderator.context, "POST", `${path}/remove`, { reason: "Off topic" });
    await page.locator(".kept-text").waitFor();
    assertNone(await faultsInLooks(page, everyLook));
  },

  // An audit that finds nothing because it no longer looks must not pass.
  "the audits see what was broken on purpose": async (world) => {
    const context = await world.browser(0);
    const html = await servedHtml(context, "/login");
    assert.deepEqual(await faultsOfHtml(html), []);
    assert.match((await faultsOfHtml(html.replace("</main>", ""))).join("\n"), /^close-order: /m);
    const broken = html.replace("</main>", "");
    await assert.rejects(checkWithNu({ login: html, broken }), /\/broken\.html":\S+ error: Unclosed element “main”/);
    const stylish = html.replace("<head>", "<head><style type=text/css></style>");
    await assert.rejects(checkWithNu({ stylish }), /\/stylish\.html":\S+ info warning: /);
    const page = await world.page(context);
    await open(page, "/login");
    assert.deepEqual(await faultsInLooks(page, everyLook), []);
    await page.evaluate(() => {
      document.querySelector("main label").removeAttribute("for");
      document.querySelector("h1").style.color = "silver";
    });
    const faults = (await faultsInLooks(page, everyLook)).join("\n");
    for (const { width, colorScheme } of everyLook) assert.match(faults, new RegExp(`${width} px, ${colorScheme}: label: `));
    assert.match(faults, /light: color-contrast: /);
  },
};

export const longAuditScenarios = {
  "axe finds nothing wrong with any page at three widths in both colour schemes": (world) => auditEveryPage(world, everyLook),
};
