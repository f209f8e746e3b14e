// Makes the page live: one connection for all of its elements. Pages without live elements open none.

import { LiveThread } from "./elements/live_thread.ts";
import { ReplyComposer } from "./elements/reply_composer.ts";
import { LiveConnection } from "./live_connection.ts";
import { browserEnvironment } from "./live_environment.ts";
import { PageLife } from "./page_life.ts";
import { stateInWords } from "./state_words.ts";

const environment = browserEnvironment();
const connection = new LiveConnection(environment, (state) => {
  const said = stateInWords(state);
  for (const thread of document.querySelectorAll("live-thread")) {
    if (thread instanceof LiveThread && said !== null) thread.showState(said.words, said.mark);
  }
});

LiveThread.connection = connection;
LiveThread.environment = environment;
customElements.define("live-thread", LiveThread);
customElements.define("reply-composer", ReplyComposer);

if (document.querySelector("live-thread") !== null) {
  new PageLife(connection).start();
  connection.start();
}
