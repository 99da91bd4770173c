/** The settings: what an admin arranges. A part of its own, fetched when somebody goes there. */

import "./styles";
import { createTheme, MantineThemeProvider } from "@mantine/core";
import { Redirect, Route, Switch } from "wouter";
import { BranchesPage } from "./branches/BranchesPage";
import { BranchPage } from "./branches/BranchPage";
import { InboxesPage } from "./inboxes/InboxesPage";
import { InboxPage } from "./inboxes/InboxPage";
import { Navigation } from "./Navigation";
import { OperatorPage } from "./operators/OperatorPage";
import { OperatorsPage } from "./operators/OperatorsPage";
import { RulesPage } from "./rules/RulesPage";
import css from "./Settings.module.css";
import { WebhookPage } from "./webhooks/WebhookPage";
import { WebhooksPage } from "./webhooks/WebhooksPage";

const list = { withScrollArea: false, classNames: { options: css.options ?? "" } };

/** Lists open within the page's landmark, not behind its end, and scroll by themselves, as axe asks. */
const theme = createTheme({
  components: {
    Combobox: { defaultProps: { withinPortal: false } },
    Select: { defaultProps: list },
    MultiSelect: { defaultProps: list },
  },
});

export default function Settings() {
  return (
    <MantineThemeProvider theme={theme}>
      <div className={css.settings} data-testid="settings">
        <Navigation />
        <main className={css.page} id="settings" tabIndex={-1}>
          <div className={css.column}>
            <Pages />
          </div>
        </main>
      </div>
    </MantineThemeProvider>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/settings/branches">
        <BranchesPage />
      </Route>
      <Route path="/settings/branches/:id">{({ id }) => <BranchPage key={id} id={id} />}</Route>
      <Route path="/settings/rules">
        <RulesPage />
      </Route>
      <Route path="/settings/operators">
        <OperatorsPage />
      </Route>
      <Route path="/settings/operators/:id">{({ id }) => <OperatorPage key={id} id={id} />}</Route>
      <Route path="/settings/inboxes">
        <InboxesPage />
      </Route>
      <Route path="/settings/inboxes/:id">{({ id }) => <InboxPage key={id} id={id} />}</Route>
      <Route path="/settings/webhooks/:inbox/:webhook">
        {({ inbox, webhook }) => <WebhookPage key={webhook} inbox={inbox} id={webhook} />}
      </Route>
      <Route path="/settings/webhooks/:inbox?">
        {({ inbox }) => <WebhooksPage inbox={inbox ?? null} />}
      </Route>
      <Route>
        <Redirect to="/settings/branches" replace />
      </Route>
    </Switch>
  );
}
