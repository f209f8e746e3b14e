// Feeds and site maps, read by the browser's own parser of XML: it takes nothing that is not well-formed.
import assert from "node:assert/strict";

const hostile = `<b title="x">]]> & 'quoted' </entry> &amp; "q"`;

// What a program reads in a feed: of each entry title, author and its content as HTML. The page is a blank one: ours let
// no text be parsed.
async function readFeed(context, blank, path) {
  const answer = await context.request.get(path);
  const feed = await blank.evaluate((document) => {
    const xml = new DOMParser().parseFromString(document, "application/xml");
    const text = (parent, name) => parent.getElementsByTagName(name)[0]?.textContent;
    return {
      fault: text(xml, "parsererror") ?? "",
      root: xml.documentElement.localName,
      namespace: xml.documentElement.namespaceURI,
      updated: text(xml, "updated"),
      locations: [...xml.getElementsByTagName("loc")].map(({ textContent }) => textContent),
      entries: [...xml.getElementsByTagName("entry")].map((entry) => ({
        title: text(entry, "title"),
        author: text(entry, "name"),
        link: entry.getElementsByTagName("link")[0].getAttribute("href"),
        content: text(entry, "content"),
      })),
    };
  }, await answer.text());
  return { type: answer.headers()["content-type"], ...feed };
}

export const feedScenarios = {
  "feeds and site maps are well-formed whatever people write, and lead to the pages": async (world) => {
    const { context } = await world.member(0);
    const page = await world.page(context);
    const film = await world.film(context, "The Cranes Are Flying");
    const thread = await world.discussion(context, hostile);
    const posts = `/api/v1/threads/${thread.id}/posts`;
    await world.call(context, "POST", posts, { body: `${hostile}\n\n\`\`\`\n\u{1F3AC} ]]>\n\`\`\`\n\nand ||hidden words||` });
    await world.call(context, "POST", `/api/v1/films/${film.id}/comments`, { body: hostile });
    const member = (await world.call(context, "GET", "/api/v1/session")).user.name;
    for (const path of ["/feed.atom", `${thread.path}.atom`, `${film.path}.atom`, `/members/${member}.atom`]) {
      const feed = await readFeed(context, page, path);
      assert.equal(feed.fault, "", path);
      assert.equal(feed.type, "application/atom+xml; charset=utf-8");
      assert.equal(feed.namespace, "http://www.w3.org/2005/Atom");
      assert.ok(!Number.isNaN(Date.parse(feed.updated)), feed.updated);
      assert.ok(feed.entries.some(({ title }) => title.includes(hostile)), `${path}: ${JSON.stringify(feed.entries)}`);
      assert.ok(feed.entries.every(({ content }) => !content?.includes("hidden words")), path);
    }
    const [entry] = (await readFeed(context, page, `${thread.path}.atom`)).entries;
    assert.equal(entry.title, `Re: ${hostile}`);
    assert.equal(entry.author, member);
    assert.match(entry.content, /<pre><code>\u{1F3AC} \]\]&gt;\n<\/code><\/pre>\n<p>and \[spoiler\]<\/p>$/u);
    await page.goto(entry.link);
    assert.equal(new URL(page.url()).hash, "#post-2");
    assert.equal(new URL(page.url()).pathname, thread.path);
  },

  "the site map leads through its parts to pages": async (world) => {
    const { context } = await world.member(0);
    const page = await world.page(context);
    const thread = await world.discussion(context, "On the map");
    const index = await readFeed(context, page, "/sitemap.xml");
    assert.equal(index.fault, "");
    assert.equal(index.root, "sitemapindex");
    const parts = index.locations.map((address) => new URL(address).pathname);
    for (const kind of ["films", "threads", "people"]) assert.ok(parts.includes(`/sitemap/${kind}-1.xml`), parts.join(" "));
    const pages = [];
    for (const part of parts) {
      const { fault, root, locations } = await readFeed(context, page, part);
      assert.equal(fault, "");
      assert.equal(root, "urlset");
      pages.push(...locations.map((address) => new URL(address).pathname));
    }
    assert.ok(pages.includes(thread.path), thread.path);
  },

  "a removal takes its words out of what an open page says to search engines": async (world) => {
    const writer = await world.member(0);
    const moderator = await world.member(1, "moderator");
    const thread = await world.discussion(writer.context, "Said again");
    const body = "A most regrettable sentence.";
    const { post } = await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body });
    const page = await world.page(await world.browser(1));
    await page.goto(thread.path);
    await page.locator("live-thread[data-following] .live-state[data-state=live]").waitFor();
    const said = () => page.evaluate(() => document.documentElement.outerHTML.includes("regrettable"));
    const data = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
    assert.deepEqual(data.comment.map(({ text }) => text), [body]);
    await world.call(moderator.context, "POST", `/api/v1/posts/${post.id}/remove`, { reason: "Off topic" });
    await page.locator("#post-2[data-state=removed]").waitFor();
    assert.equal(await said(), false);
  },
};
