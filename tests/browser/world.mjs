// What the scenarios work with: browsers on either node, members, discussions, and an ear on every page's console.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { Services } from "./services.mjs";

const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), "..", "..", "web-client", "package.json"));
const { chromium } = require("playwright-core");

const password = "a long enough password";
const chromiumArguments = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchChromium({ moreArguments = [], ...options } = {}) {
  const executablePath = process.env.FOYER_CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: [...chromiumArguments, ...moreArguments], ...options });
}

export class World {
  #browser;
  #contexts = [];
  #origins = new WeakMap();
  #members = 0;
  services;
  // What any page complained about: broken policies and errors of our own code.
  complaints = [];

  constructor(browser, services) {
    this.#browser = browser;
    this.services = services;
  }

  get password() {
    return password;
  }

  node(index) {
    return this.services.nodes[index].address;
  }

  // A browser of its own, as a guest, on one of the nodes or at another address.
  async browser(place, options = {}) {
    const baseURL = typeof place === "number" ? this.node(place) : place;
    const context = await this.#browser.newContext({
      viewport: { width: 900, height: 800 },
      reducedMotion: "reduce",
      ...options,
      baseURL,
    });
    context.setDefaultTimeout(15_000);
    this.#contexts.push(context);
    this.#origins.set(context, baseURL);
    return context;
  }

  async page(context) {
    const page = await context.newPage();
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (/violat|trusted|content security/i.test(message.text())) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }

  newName(stem) {
    this.#members += 1;
    return `${stem}${this.#members}`;
  }

  // A browser with a page in which a new member of this role is logged in.
  member(place, role = "member", options = {}) {
    return this.memberNamed(this.newName(role === "member" ? "mira" : "ana"), place, role, options);
  }

  async memberNamed(name, place, role = "member", options = {}) {
    await this.services.createUser(name, password, role);
    const context = await this.browser(place, options);
    await this.call(context, "POST", "/api/v1/session", { login: name, password });
    return { name, context, page: await this.page(context) };
  }

  // The API as this browser's member; fails on a refusal.
  async call(context, method, path, data) {
    const origin = this.#origins.get(context);
    const response = await context.request.fetch(path, { method, data, headers: { Origin: origin } });
    if (!response.ok()) throw new Error(`${method} ${path} was refused: ${response.status()} ${await response.text()}`);
    return response.status() === 204 ? null : response.json();
  }

  async film(context, title) {
    const found = await this.call(context, "GET", `/api/v1/films?q=${encodeURIComponent(title)}`);
    const film = found.items.find((item) => item.title === title);
    if (film === undefined) throw new Error(`there is no film ${title}`);
    return { ...film, path: `/films/${film.id}-${film.slug}` };
  }

  // A new discussion of the member in this browser.
  async discussion(context, title = "How was it lit?", posts = 1) {
    const film = await this.film(context, "The Cranes Are Flying");
    const { thread } = await this.call(context, "POST", "/api/v1/threads", {
      film_ids: [film.id],
      kind: "discussion",
      title,
      body: "The first post.",
    });
    for (let number = 2; number <= posts; number += 1) {
      await this.call(context, "POST", `/api/v1/threads/${thread.id}/posts`, { body: `Post number ${number}.` });
    }
    return { ...thread, path: `/threads/${thread.id}-${thread.slug}` };
  }

  // Many posts at once, from this browser's member. Resolves when all are acknowledged.
  async flood(context, thread, count) {
    const origin = this.#origins.get(context);
    const cookies = await context.cookies(origin);
    const headers = {
      Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; "),
      Origin: origin,
      "Content-Type": "application/json",
    };
    let sent = 0;
    const send = async () => {
      while (sent < count) {
        sent += 1;
        const body = JSON.stringify({ body: `Number ${sent} of many.` });
        const answer = await fetch(`${origin}/api/v1/threads/${thread.id}/posts`, { method: "POST", headers, body });
        if (!answer.ok) throw new Error(`a post of the flood was refused: ${answer.status} ${await answer.text()}`);
        await answer.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: 64 }, send));
  }

  async closeContexts() {
    await Promise.all(this.#contexts.map((context) => context.close()));
    this.#contexts = [];
  }
}

// Starts services and a browser of their own, and stops both whatever happens.
export async function inPrivateWorld(act, browserOptions = {}) {
  const services = new Services();
  let browser;
  try {
    await services.start();
    browser = await launchChromium(browserOptions);
    await act(new World(browser, services));
  } finally {
    await browser?.close();
    await services.stop();
  }
}

// Opens a page and waits until it is live.
export async function openLive(page, path) {
  await page.goto(path);
  await page.locator("live-thread[data-following] .live-state[data-state=live]").waitFor();
}

// Two frames on: what was laid out has been told to observers.
export function afterTwoFrames(page) {
  return page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

// A page of the real browser is always seen in these tests. This is what it notices of being hidden: the state, no
// frames, and the event.
export async function hide(page) {
  await page.evaluate(() => {
    window.framesOfTheBrowser = window.requestAnimationFrame;
    window.requestAnimationFrame = () => 0;
    Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

export async function show(page) {
  await page.evaluate(() => {
    window.requestAnimationFrame = window.framesOfTheBrowser;
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange"));
  });
}

export function post(page, number) {
  return page.locator(`#post-${number}`);
}

// The markup of the post as the server writes it: with absolute times, which the client keeps in the titles, and without
// what ties the Like buttons to a form or to the script.
export function writtenMarkup(page, number) {
  return post(page, number).evaluate((article) => {
    const written = article.cloneNode(true);
    for (const time of written.querySelectorAll("time[title]")) {
      time.textContent = time.title;
      time.removeAttribute("title");
    }
    for (const button of written.querySelectorAll(".like, .unlike")) {
      button.removeAttribute("aria-pressed");
      button.removeAttribute("form");
    }
    return written.outerHTML;
  });
}

export async function writeReply(page, text) {
  await page.locator("textarea[name=body]").fill(text);
  await page.locator("reply-composer button.primary").click();
}

// As a moderator does it, with the form.
export async function removeByPage(page, number, reason = "Off topic") {
  await post(page, number).locator(".action-remove a").click();
  await page.locator("select[name=reason]").selectOption(reason);
  await page.locator("textarea[name=note]").fill("Seen by the tests.");
  await page.locator("button.danger").click();
  await page.locator(`#post-${number}[data-state=removed]`).waitFor();
}
