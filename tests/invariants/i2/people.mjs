/** Visitors and operators at their pages: what they do, and what they see. */

import { Page, Profile } from "./browser.mjs";
import { openPanel, openWidget } from "./pages.mjs";

/** A visitor's tab; several share a profile. */
export class Tab {
  said = [];

  constructor(world, name, profile = new Profile()) {
    Object.assign(this, { world, name, profile });
    this.#open();
  }

  #open() {
    this.page = new Page(this.world, this.profile);
    const { Widget } = openWidget(this.page);
    this.widget = new Widget({ inbox: "demo", api: "https://shop.test/api", language: "en" });
    this.widget.start();
    this.widget.show();
  }

  reload() {
    this.page.close();
    this.#open();
  }

  says(...texts) {
    for (const text of texts) {
      this.said.push({ text });
      this.widget.send(text);
    }
  }

  /** What is on the screen; null while something is still to be sent. */
  get screen() {
    const { conversation, pending } = this.widget;
    if (pending.length) return null;
    return { conversation: conversation.current.value, messages: conversation.messages.value };
  }

  /** What asks for what a page would show that is opened now. */
  get asks() {
    return { page: "visitor", token: this.profile.token };
  }

  get refused() {
    return this.widget.outbox.entries.value.filter(({ failed }) => failed).map(({ body }) => body);
  }

  forgets() {
    this.said = [];
  }
}

/** An operator at a device of their own. */
export class Desk {
  said = [];
  /** The conversation on the screen, and whose it was when it was opened. */
  viewed = null;
  #hands;
  /** What went away from this screen, and with it what was still to be said there. */
  #gone = new Set();

  constructor(world, name, operator, tab = "mine") {
    Object.assign(this, { world, name, operator, tab, profile: new Profile() });
    this.#open();
    this.panel.signIn({ email: `${operator}@x.example`, password: "correct horse battery" });
  }

  /** As the signed-in screens do it. */
  #open() {
    this.page = new Page(this.world, this.profile);
    const panel = openPanel(this.page);
    this.panel = panel;
    let connected = false;
    panel.useSession.subscribe(({ status }) => {
      if (status !== "signed_in" || connected) return;
      connected = true;
      panel.chooseTab(this.tab);
      panel.connect();
      panel.watchMine();
      panel.restoreOutbox();
      if (this.viewed) this.opens(this.viewed);
    });
    panel.useConversations.subscribe(() => this.#opensAgain());
    panel.useThreads.subscribe(({ byId }) => {
      for (const [id, { state }] of Object.entries(byId)) if (state === "gone") this.#gone.add(id);
      if (byId[this.viewed]?.state === "failed") this.page.setTimeout(() => this.#retries(), 1_000);
    });
  }

  reload() {
    this.page.close();
    this.#open();
    this.panel.resumeSession();
  }

  opens(id) {
    this.viewed = id;
    this.#hands = undefined;
    this.panel.useViewing.setState({ id });
    this.#fetches();
  }

  #fetches() {
    this.panel.openThread(this.viewed).catch(() => null);
  }

  /** A new assignee, another branch, or theirs again (`thread/useOpening`). */
  #opensAgain() {
    const { panel } = this;
    const known = this.#known(this.viewed);
    const { operator } = panel.useSession.getState();
    if (!known || !operator || !panel.maySee(known, operator)) return;
    const hands = `${known.branch_id} ${known.assignee_assigned_at}`;
    const gone = panel.threadOf(this.viewed)?.state === "gone";
    if (this.#hands !== undefined && (gone || this.#hands !== hands)) this.#fetches();
    this.#hands = hands;
  }

  /** The button in the place of a thread that could not be loaded. */
  #retries() {
    if (this.panel.threadOf(this.viewed)?.state === "failed") this.#fetches();
  }

  /** Who is signed in: before that there is nothing to type into. */
  says(...texts) {
    if (!this.viewed || !this.panel.operatorId()) return;
    for (const text of texts) {
      this.said.push({ talk: this.viewed, text });
      this.panel.send(this.viewed, text);
    }
  }

  /** The mark that looking sets (`thread/useReading`). */
  looks() {
    const { panel, viewed } = this;
    const known = this.#known(viewed);
    const unread = known?.assignee?.id === panel.operatorId() && known.unread > 0;
    const whole = panel.threadOf(viewed)?.state === "ready" && !panel.isBehind(viewed);
    if (unread && whole) panel.markRead(viewed, known.in_count);
  }

  does(what, ...more) {
    if (this.viewed) this.panel[what](this.viewed, ...more).catch(() => null);
  }

  rows(tab = this.tab) {
    const { byId, lists } = this.panel.useConversations.getState();
    return this.panel.rows(tab, lists[tab], byId, this.panel.operatorId());
  }

  /** The lists and the thread; null while something is still to be sent. */
  get screen() {
    const { panel, viewed } = this;
    if (this.#waiting.some(({ failed }) => !failed)) return null;
    const lists = Object.fromEntries(
      this.#tabs.map((tab) => [
        tab,
        Object.fromEntries(this.rows(tab).map((row) => [row.id, row])),
      ]),
    );
    const thread = viewed ? panel.threadOf(viewed) : undefined;
    const known = this.#known(viewed);
    const { operator } = panel.useSession.getState();
    if (thread?.state !== "ready" || !known || !panel.maySee(known, operator)) {
      return { lists, conversation: null, messages: null };
    }
    return { lists, conversation: known, messages: thread.messages };
  }

  get asks() {
    const { operator: name, viewed } = this;
    return { page: "operator", name, tabs: this.#tabs, viewed };
  }

  get refused() {
    return this.#waiting.filter(({ failed }) => failed).map(({ body }) => body);
  }

  /** Whether a conversation went to somebody else: what was still to be said there is dropped. */
  lost(talk) {
    return this.#gone.has(talk) || !this.world.tell({ op: "sees", name: this.operator, talk });
  }

  forgets() {
    this.said = [];
    this.#gone.clear();
  }

  #known(id) {
    return this.panel.useConversations.getState().byId.get(id);
  }

  get #waiting() {
    return Object.values(this.panel.useOutbox.getState().byId).flat();
  }

  get #tabs() {
    return [...new Set(["mine", "queue", this.tab])];
  }
}
