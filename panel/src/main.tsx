/** The panel starts here. */

import "./styles";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { resumeSession } from "./session/enter";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
void resumeSession();
