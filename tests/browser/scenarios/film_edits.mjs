// Moderators edit a film on its page, others read what they changed.
import assert from "node:assert/strict";

export const filmEditScenarios = {
  "a moderator edits a film, with and without JavaScript, and members read the new fact": async (world) => {
    for (const [javaScriptEnabled, minutes, words] of [
      [true, "64", "1 hour 4 minutes"],
      [false, "65", "1 hour 5 minutes"],
    ]) {
      const moderator = await world.member(0, "moderator", { javaScriptEnabled });
      const member = await world.member(1, "member", { javaScriptEnabled });
      const film = await world.film(member.context, "Carmen Jones");
      await moderator.page.goto(film.path);
      await moderator.page.getByRole("link", { name: "Edit film" }).click();
      const runtime = moderator.page.getByLabel("Runtime in minutes");
      const before = await runtime.inputValue();
      await runtime.fill(minutes);
      await moderator.page.getByLabel("Other titles").fill(`Cantando sob a chuva\n${moderator.name}`);
      await moderator.page.getByRole("button", { name: "Save" }).click();
      await moderator.page.waitForURL(`**${film.path}`);

      await member.page.goto(film.path);
      await member.page.locator(".facts", { hasText: words }).waitFor();
      await member.page.locator(".facts cite", { hasText: moderator.name }).waitFor();

      await moderator.page.getByRole("link", { name: "History" }).click();
      const change = moderator.page.locator(".revision", { hasText: "Runtime in minutes" }).first();
      const told = await change.innerText();
      for (const text of [moderator.name, before, minutes]) assert.ok(told.includes(text), `${text} in ${told}`);
    }
  },

  "a member finds no way to edit a film, and none to its history": async (world) => {
    const member = await world.member(0);
    const film = await world.film(member.context, "Carmen Jones");
    await member.page.goto(film.path);
    assert.equal(await member.page.getByRole("link", { name: "Edit film" }).count(), 0);
    assert.equal(await member.page.getByRole("link", { name: "History" }).count(), 0);
    for (const end of ["edit", "history"]) {
      const answer = await member.page.goto(`${film.path}/${end}`);
      assert.equal(answer.status(), 403);
      assert.equal(await member.page.locator("form.form").count(), 0);
    }
  },

  "of two moderators at once the second keeps what they typed and sees what the first changed": async (world) => {
    const first = await world.member(0, "moderator");
    const second = await world.member(1, "moderator", { javaScriptEnabled: false });
    const film = await world.film(first.context, "Carmen Jones");
    const { page } = second;
    await page.goto(`${film.path}/edit`);
    await world.call(first.context, "PATCH", `/api/v1/films/${film.id}`, { synopsis: `Told by ${first.name}.` });
    await page.getByLabel("Original title").fill(`Typed by ${second.name}`);
    await page.getByRole("button", { name: "Save" }).click();
    assert.match(await page.locator(".form-errors").innerText(), /changed while you edited it: synopsis/);
    assert.equal(await page.getByLabel("Original title").inputValue(), `Typed by ${second.name}`);
    assert.equal(await page.getByLabel("Synopsis", { exact: false }).first().inputValue(), `Told by ${first.name}.`);
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator(".original-title", { hasText: second.name }).waitFor();
    await page.locator(".synopsis", { hasText: `Told by ${first.name}.` }).waitFor();
  },
};
