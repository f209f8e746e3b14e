// The page of one film, with everything on it that the films of classic forums have: as a guest finds it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { eventually } from "../processes.mjs";

const catalogue = new URL("../../../deploy/catalogue/films.jsonl", import.meta.url);

// What the catalogue says of the film, characters and other titles too.
async function importFromCatalogue(world, title) {
  const line = readFileSync(catalogue, "utf8").split("\n").find((each) => each.includes(`"title": "${title}"`));
  const folder = mkdtempSync(join(tmpdir(), "foyer_film."));
  try {
    const file = join(folder, "film.jsonl");
    writeFileSync(file, line, { mode: 0o644 });
    await world.services.foyer("import", "films", file);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return JSON.parse(line);
}

function facts(page) {
  return page.locator(".fact").evaluateAll((all) =>
    Object.fromEntries(
      all.map((fact) => [fact.querySelector("dt").textContent, fact.querySelector("dd").textContent.replace(/\s+/g, " ").trim()]),
    ),
  );
}

export const filmPageScenarios = {
  "a guest finds everything on the page of The Cranes Are Flying that a film's page has": async (world) => {
    const known = await importFromCatalogue(world, "The Cranes Are Flying");
    const fan = await world.member(0);
    const film = await world.film(fan.context, "The Cranes Are Flying");
    const thread = await world.discussion(fan.context, "The staircase, again", 3);
    const review = "It turns and turns with him, up the stairs and into the birches. ".repeat(8);
    await world.call(fan.context, "PUT", `/api/v1/films/${film.id}/review`, { body: review, score: 10, contains_spoilers: false });

    const guest = await world.page(await world.browser(1));
    await eventually("the review standing beside the film", async () => {
      await guest.goto(film.path);
      return (await guest.locator(".review").count()) > 0;
    });
    assert.match(guest.url(), /\/films\/\d+-the-cranes-are-flying$/u);
    assert.equal(await guest.locator(".back a").innerText(), "Films");
    assert.equal(await guest.locator("h1").innerText(), "The Cranes Are Flying");
    assert.equal(await guest.locator(".title-card").first().isVisible(), true);
    const head = await guest.locator("main").innerText();
    for (const words of ["Letyat zhuravli", "Soviet Union", "1957", known.synopsis, "Written for Foyer"]) assert.ok(head.includes(words), words);
    const found = await facts(guest);
    assert.equal(found["Director"], "Mikhail Kalatozov");
    assert.match(found["Writer"], /^Viktor Rozov View all 5/u);
    assert.equal(
      found["Cast"],
      "Tatyana Samoylova as Veronika, Aleksey Batalov as Boris, Vasili Merkuryev as Fyodor Ivanovich, Aleksandr Shvorin as Mark View all 7 of the cast",
    );
    assert.equal(found["Released"], "12 October 1957");
    assert.equal(found["Runtime"], "1 hour 37 minutes");
    assert.equal(found["Genres"], "romance, drama, war");
    assert.equal(found["Languages"], "Russian");
    assert.equal(found["Also known as"], "Летят журавли");
    assert.equal(found["Elsewhere"].includes("IMDb") && found["Elsewhere"].includes("Wikidata"), true);
    assert.match(await guest.locator(".rating").innerText(), /of 10 from \d+ rating/u);
    assert.equal(await guest.locator(".histogram li").count(), 10);

    const row = guest.locator(`.discussions .thread-row[data-thread="${thread.id}"]`);
    assert.match(await row.innerText(), /The staircase, again[\s\S]*2 replies/u);
    assert.equal(await row.locator("time").count(), 1);
    assert.match(await guest.locator("main").innerText(), /Log in to comment, or register/u);

    const excerpt = guest.locator(".review", { hasText: fan.name });
    const snippet = await excerpt.locator(".snippet").innerText();
    assert.ok(snippet.length <= 301 && review.startsWith(snippet.slice(0, -1)) && /\S…$/u.test(snippet), snippet);
    assert.match(await excerpt.innerText(), /10/u);
    assert.match(await excerpt.locator("a").first().getAttribute("href"), /^\/threads\/\d+/u);

    const content = (selector, name) => guest.locator(selector).getAttribute(name);
    assert.equal(await content("link[rel=canonical]", "href"), new URL(film.path, world.publicUrl ?? guest.url()).href);
    assert.equal(await content('meta[property="og:title"]', "content"), "The Cranes Are Flying (1957)");
    const data = JSON.parse(await guest.locator('script[type="application/ld+json"]').textContent());
    assert.equal(data["@type"], "Movie");
    assert.equal(data.aggregateRating["@type"], "AggregateRating");
    assert.equal(data.review[0]["@type"], "Review");

    await guest.goto(`${film.path}/cast`);
    assert.deepEqual(
      await guest.locator(".credit-list li").allInnerTexts().then((all) => all.map((each) => each.replace(/\s+/g, " "))),
      known.cast.map(({ name, character }) => `${name} ${character}`),
    );
    await guest.goto(`${film.path}/crew`);
    const crew = (await guest.locator(".credit-list").innerText()).replace(/\s+/g, " ");
    for (const credit of ["Mikhail Kalatozov Director", "Viktor Rozov Writer", "Sergey Urusevsky Cinematographer"]) assert.ok(crew.includes(credit), crew);
  },
};
