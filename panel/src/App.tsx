/** Providers, and the choice between signing in and working. */

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect } from "react";
import { Router } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { useLanguage } from "./i18n/language";
import { Crash } from "./parts/Crash";
import { queries } from "./queries";
import { useInvitation } from "./session/invitation";
import { Joining } from "./session/Joining";
import { SignIn } from "./session/SignIn";
import { SignInAgain } from "./session/SignInAgain";
import { useSession } from "./session/store";
import { Shell } from "./shell/Shell";
import { useWide } from "./shell/width";
import { cssVariables, schemes, theme } from "./theme";

/** In a corner where nothing urgent stands. */
function Notices() {
  const position = useWide() ? "bottom-right" : "top-center";
  return <Notifications position={position} containerWidth={256} limit={3} />;
}

function Panel() {
  const status = useSession((state) => state.status);
  return (
    <>
      {status === "signed_out" && <SignIn />}
      {(status === "signed_in" || status === "expired") && (
        <Crash>
          <Router hook={useHashLocation}>
            <Shell />
          </Router>
        </Crash>
      )}
      {status === "expired" && <SignInAgain />}
    </>
  );
}

export function App() {
  const token = useInvitation((state) => state.token);
  const language = useLanguage((state) => state.language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Notices />
        {token ? <Joining key={token} token={token} /> : <Panel />}
      </QueryClientProvider>
    </MantineProvider>
  );
}
