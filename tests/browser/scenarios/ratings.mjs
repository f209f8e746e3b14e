// Ratings: given with one press, seen by everybody without a reload, and a plain form without JavaScript.
import assert from "node:assert/strict";

import { eventually } from "../processes.mjs";

function words(page) {
  return page.locator(".rating").innerText().then((text) => text.replace(/\s+/g, " ").trim());
}

async function openFilm(page, film) {
  await page.goto(film.path);
  await page.locator("live-film[data-following]").waitFor();
}

export const ratingScenarios = {
  "a rating is saved at once, changed and taken back, and others see average and histogram live": async (world) => {
    const fan = await world.member(0);
    const other = await world.member(1);
    const guest = await world.page(await world.browser(1));
    const film = await world.film(fan.context, "The Third Man");
    for (const page of [fan.page, guest]) await openFilm(page, film);
    assert.equal(await words(guest), "No ratings yet");
    const state = fan.page.locator(".rate-state");
    const comments = await guest.locator("#comments").boundingBox();
    await fan.page.locator(".scores label", { hasText: "9" }).click();
    await state.getByText("Saved: 9 of 10.").waitFor();
    await guest.locator(".rating-words", { hasText: "of 10 from 1 rating" }).waitFor();
    assert.equal(await words(guest), "9.0 of 10 from 1 rating");
    await world.call(other.context, "PUT", `/api/v1/films/${film.id}/rating`, { score: 6 });
    await guest.locator(".rating-words", { hasText: "2 ratings" }).waitFor();
    assert.equal(await words(guest), "7.5 of 10 from 2 ratings");
    await guest.locator(".histogram summary").click();
    const given = await guest.locator(".histogram li").allInnerTexts();
    assert.deepEqual(given.map((text) => text.replace(/\s+/g, " ")), ["10 0", "9 1", "8 0", "7 0", "6 1", "5 0", "4 0", "3 0", "2 0", "1 0"]);
    assert.ok(comments !== null);

    // With keys: each arrow is a choice, and the last one is what is saved.
    await fan.page.locator("#score-9").focus();
    for (let step = 0; step < 3; step += 1) await fan.page.keyboard.press("ArrowLeft");
    await guest.locator(".rating", { hasText: "6.0" }).waitFor();
    await fan.page.reload();
    assert.equal(await fan.page.locator("#score-6").isChecked(), true);
    await fan.page.getByRole("button", { name: "Remove" }).click();
    await state.getByText("Removed.").waitFor();
    await guest.locator(".rating-words", { hasText: "1 rating" }).waitFor();
    assert.equal(await fan.page.locator(".scores input:checked").count(), 0);
    await world.call(other.context, "DELETE", `/api/v1/films/${film.id}/rating`);
    await eventually("the end of the ratings", async () => (await words(guest)) === "No ratings yet");
  },

  "a rating that is refused is taken back and says why": async (world) => {
    const fan = await world.member(0);
    const film = await world.film(fan.context, "East of Eden");
    await openFilm(fan.page, film);
    await fan.page.route("**/rating", (route) => route.abort());
    await fan.page.locator(".scores label", { hasText: "3" }).click();
    await fan.page.locator(".rate-state", { hasText: "Not saved. There is no connection to the server." }).waitFor();
    assert.equal(await fan.page.locator(".scores input:checked").count(), 0);
  },

  "a member without JavaScript rates a film and takes that back": async (world) => {
    const { page, context } = await world.member(0, "member", { javaScriptEnabled: false });
    const film = await world.film(context, "Carmen Jones");
    await page.goto(film.path);
    await page.locator(".scores label", { hasText: "8" }).click();
    await page.getByRole("button", { name: "Rate" }).click();
    assert.equal(await words(page), "8.0 of 10 from 1 rating");
    assert.equal(await page.locator("#score-8").isChecked(), true);
    await page.getByRole("button", { name: "Remove" }).click();
    assert.equal(await words(page), "No ratings yet");
  },
};
