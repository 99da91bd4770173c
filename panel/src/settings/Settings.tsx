/** The settings: what an admin arranges. A part of its own, fetched when somebody goes there. */

import "./styles";
import { Redirect, Route, Switch } from "wouter";
import css from "./Settings.module.css";
import { WebhookPage } from "./webhooks/WebhookPage";
import { WebhooksPage } from "./webhooks/WebhooksPage";

export default function Settings() {
  return (
    <main className={css.settings} id="settings" tabIndex={-1} data-testid="settings">
      <div className={css.column}>
        <Switch>
          <Route path="/settings/webhooks/:inbox/:webhook">
            {({ inbox, webhook }) => <WebhookPage key={webhook} inbox={inbox} id={webhook} />}
          </Route>
          <Route path="/settings/webhooks/:inbox?">
            {({ inbox }) => <WebhooksPage inbox={inbox ?? null} />}
          </Route>
          <Route>
            <Redirect to="/settings/webhooks" replace />
          </Route>
        </Switch>
      </div>
    </main>
  );
}
