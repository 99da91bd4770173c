/** The panel starts here. */

import "./styles";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { resumeSession } from "./session/enter";
import { watchForInvitation } from "./session/invitation";

watchForInvitation();

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
void resumeSession();
