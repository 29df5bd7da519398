/** The start of the middleware: `node dist/server.js`, or with `--bugs` the list of planted bugs. */

import { createServer } from "node:http";

import { createApp } from "./app.js";
import { listBugs, plantBug } from "./bugs.js";
import { ConfigError, readConfig } from "./config.js";
import { setUpPropagation } from "./world.js";

function main(): void {
  if (process.argv.includes("--bugs")) {
    console.log(JSON.stringify(listBugs(), null, 2));
    return;
  }
  try {
    plantBug(process.env["PLANTED_BUG"]);
    const config = readConfig(process.env);
    setUpPropagation();
    const { app, close } = createApp(config);
    const server = createServer(app);
    server.listen(config.port, config.host, () => {
      console.log(`acme-middleware listens on http://${config.host}:${config.port}`);
    });
    const stop = (): void => {
      server.close(() => {
        close();
        process.exit(0);
      });
      server.closeAllConnections();
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  } catch (error) {
    console.error("acme-middleware cannot start:", error instanceof ConfigError ? error.message : error);
    process.exit(2);
  }
}

main();
