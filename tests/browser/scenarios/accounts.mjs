// Logging in and registering: what one types can be looked at, and the rules are told before they are broken.
import assert from "node:assert/strict";

export const accountScenarios = {
  "a password can be shown and hidden again, and is sent hidden": async (world) => {
    const name = world.newName("mira");
    await world.services.createUser(name, world.password, "member");
    const page = await world.page(await world.browser(0));
    for (const path of ["/register", "/login"]) {
      await page.goto(path);
      const field = page.getByLabel("Password", { exact: true });
      const button = page.getByRole("button", { name: "Show password" });
      assert.equal(await button.getAttribute("aria-pressed"), "false");
      const { width, height } = await button.boundingBox();
      assert.ok(width >= 44 && height >= 44, `the button is ${width} × ${height}`);
      await field.fill("letmein");
      await button.click();
      assert.equal(await field.getAttribute("type"), "text");
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      assert.equal(await field.inputValue(), "letmein");
      await button.click();
      assert.equal(await field.getAttribute("type"), "password");
      await button.click();
    }
    await page.locator("[name=login]").fill(name);
    await page.getByLabel("Password", { exact: true }).fill(world.password);
    await page.evaluate(() => {
      document.querySelector("main form").addEventListener("submit", () => {
        sessionStorage.setItem("sent", document.querySelector("[name=password]").type);
      });
    });
    await page.locator("main button.primary").click();
    await page.locator(".account .viewer", { hasText: name }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem("sent")), "password");
  },

  "the page to register says the rules of names at the field, and they are those of the server": async (world) => {
    const page = await world.page(await world.browser(0, { javaScriptEnabled: false }));
    await page.goto("/register");
    const field = page.locator("[name=name]");
    const hint = page.locator(`#${await field.getAttribute("aria-describedby")}`);
    const words = await hint.textContent();
    for (const rule of ["2 to 30", "letters, digits, _ or -", "letter or digit first", "one script"]) {
      assert.ok(words.includes(rule), `"${words}" does not say ${rule}`);
    }
    assert.equal(await page.getByRole("button", { name: "Show password" }).count(), 0);
    for (const broken of ["x", "x".repeat(31), "a b", "_ab", "mіra"]) {
      await field.fill(broken);
      await page.locator("[name=email]").fill("rules@foyer.example");
      await page.locator("[name=password]").fill(world.password);
      await page.locator("main button.primary").click();
      await page.locator("#error-name").waitFor();
    }
  },
};
