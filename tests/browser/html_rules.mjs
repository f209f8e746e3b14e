// What html-validate asks of our pages: everything it recommends, but for what contradicts how they are made.
export const htmlRules = {
  extends: ["html-validate:recommended", "html-validate:document"],
  rules: {
    // A title begins with the words of whoever started the thread; how long they may be is the forum's rule.
    "long-title": "off",
    // Every script and style is our own and has the hash of its bytes in its address; the policy lets no other in.
    "require-sri": "off",
  },
};
