"use strict";

// The server is this very page's, and the world is a variable of it: a field above the operations.
addEventListener("DOMContentLoaded", async () => {
  const { document: address, root } = document.body.dataset;
  const [, before, world] = /^(.*?)(?:\/w\/([^/]+))?$/.exec(root);
  const spec = await (await fetch(address)).json();
  spec.servers = [{
    url: `${location.origin}${before}/w/{world}`,
    description: "The world that requests go to",
    variables: { world: { default: world || "default", description: "A world's id" } },
  }];
  window.viewer = SwaggerUIBundle({
    spec,
    dom_id: "#viewer",
    deepLinking: true,
    defaultModelsExpandDepth: -1,
    displayOperationId: false,
    displayRequestDuration: true,
    docExpansion: "list",
    filter: true,
    persistAuthorization: false,
    tryItOutEnabled: true,
    validatorUrl: null,
  });
});
