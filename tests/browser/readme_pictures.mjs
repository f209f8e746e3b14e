// `node readme_pictures.mjs FOLDER`: the pictures of the README, film-page.png on a desk by day and thread-page.png on a
// phone by night, of a film that people have just talked about.
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { inPrivateWorld, openLive, writeReply } from "./world.mjs";

const talk = [
  ["Vera", "The staircase, when he runs up past the floors of his whole life. I held my breath."],
  ["Boris_K", "Urusevsky sat in a lift of his own making, they say. *One* take, and the camera never stops to look at itself."],
  ["Nadia", "> the camera never stops to look at itself\n\nThat is the point. And then the birches turn: ||the wedding that will not be||."],
];

async function pictures(folder) {
  await inPrivateWorld(async (world) => {
    const desk = await world.memberNamed("Mira", 0, "member", { viewport: { width: 1000, height: 1330 } });
    const film = await world.film(desk.context, "The Cranes Are Flying");
    const { thread } = await world.call(desk.context, "POST", "/api/v1/threads", {
      film_ids: [film.id],
      kind: "discussion",
      title: "How was the staircase shot done, and who carried the camera?",
      body: "I have seen it three times now and still cannot find the cut. Does anybody know more?",
    });
    await world.call(desk.context, "POST", "/api/v1/threads", {
      film_ids: [film.id],
      kind: "discussion",
      title: "Veronika and the squirrel: what the nickname says",
      body: "He calls her that in the first minutes, and again in the letter.",
    });
    for (const [name, body] of talk) {
      const writer = await world.memberNamed(name, 0);
      await world.call(writer.context, "POST", `/api/v1/threads/${thread.id}/posts`, { body });
      await world.call(writer.context, "POST", `/api/v1/films/${film.id}/comments`, { body: talk[0][1] === body ? "Seen again last night, in a full house." : body });
    }
    await openLive(desk.page, film.path);
    await desk.page.screenshot({ path: join(folder, "film-page.png") });
    const phone = await world.memberNamed("Tomas", 0, "member", { viewport: { width: 390, height: 844 }, colorScheme: "dark" });
    await openLive(phone.page, `/threads/${thread.id}-${thread.slug}`);
    await phone.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await writeReply(phone.page, "So the lift went up *with* him. Thank you!");
    await phone.page.locator("#post-5").waitFor();
    await phone.page.screenshot({ path: join(folder, "thread-page.png") });
  });
}

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("usage: node readme_pictures.mjs FOLDER\n");
  process.exitCode = 2;
} else {
  mkdirSync(resolve(folder), { recursive: true });
  await pictures(resolve(folder));
}
