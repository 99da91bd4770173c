import { beforeEach, expect, test } from "vitest";
import type { Handover } from "../../loader/handover";
import { partsOf } from "../../loader/parts";

const app = { greet: (name: string) => `Hello, ${name}` };
let fetched: string[];
let arrive: Record<string, () => void>;

beforeEach(() => {
  fetched = [];
  arrive = {};
  window.messengerParts = {};
  const handover = {
    fetch(file: string, failed: () => void, came?: () => void) {
      fetched.push(file);
      const [name = ""] = file.split("-");
      arrive[file] = () => {
        if (name === "broken") failed();
        else came?.();
      };
    },
  } as Handover;
  window.Messenger = Object.assign(() => {}, { handover });
});

test("a part is fetched once, and has what the app exports", async () => {
  const require = partsOf(app);
  const asked = [require.bring("emoji-1a2b.js"), require.bring("emoji-1a2b.js")];
  window.messengerParts = {
    "./emoji.js": (require, exports) => {
      const { greet } = require("./widget.js") as typeof app;
      Object.assign(exports, { said: greet("Ann") });
    },
  };

  arrive["emoji-1a2b.js"]?.();

  expect(await Promise.all(asked)).toEqual([{ said: "Hello, Ann" }, { said: "Hello, Ann" }]);
  expect(fetched).toEqual(["emoji-1a2b.js"]);
});

test("what two parts share comes with the first of them, and is one", async () => {
  const require = partsOf(app);
  const asked = require.bring("files-1.js", "shared-2.js");
  const made: object[] = [];
  window.messengerParts = {
    "./shared.js": (_, exports) => void made.push(exports),
    "./files.js": (require, exports) => void Object.assign(exports, { of: require("./shared.js") }),
    "./rating.js": (require, exports) =>
      void Object.assign(exports, { of: require("./shared.js") }),
  };
  for (const file of fetched) arrive[file]?.();
  const files = (await asked) as { of: object };
  const later = require.bring("rating-3.js", "shared-2.js");
  arrive["rating-3.js"]?.();
  const rating = (await later) as { of: object };

  expect(fetched).toEqual(["files-1.js", "shared-2.js", "rating-3.js"]);
  expect(made).toHaveLength(1);
  expect(rating.of).toBe(files.of);
});

test.each(["broken-1.js", "login-1.js"])(
  "%s: what did not come, or was something else, is asked for again",
  async (file) => {
    const require = partsOf(app);
    const asked = require.bring(file);
    arrive[file]?.();

    await asked.then(
      () => expect.unreachable(),
      () => null,
    );
    void require.bring(file);

    expect(fetched).toEqual([file, file]);
  },
);
