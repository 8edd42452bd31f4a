# The image of a PTC worker. Not yet built on an engine; deploy/README.md says what was tried by hand.
#   docker build --tag ptc-worker .
# Debian rather than Alpine, since Temporal's native part needs glibc. The same Node as the lockfile has.
FROM node:24.21.0-bookworm-slim AS base
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap python3 \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /ptc

# Needs a network and pip; the final image has no pip.
FROM base AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3-pip
COPY package.json package-lock.json .npmrc ./
# The lockfile brings a Node of its own for machines without one.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node
COPY src src
COPY python python
# As the user of the final image: a sandbox takes toolchains only from a folder that its own user has.
RUN install --directory --owner=node /var/lib/ptc /var/lib/ptc/sandbox
USER node
RUN node --input-type=module --eval "import { stageToolchains } from './src/sandboxes/index.ts'; await stageToolchains({ root: '/var/lib/ptc/sandbox' })"

FROM base
COPY --from=build /ptc/node_modules node_modules
COPY --from=build --chown=node:node /var/lib/ptc /var/lib/ptc
COPY . .
# A named volume over it takes its owner from here.
RUN install --directory --owner=node --group=node /var/lib/ptc/store
USER node
ENV NODE_ENV=production \
  PTC_STATE_DIR=/var/lib/ptc \
  PTC_STORE=/var/lib/ptc/store \
  PTC_SANDBOX_DIR=/var/lib/ptc/sandbox
# Loads the SDK anew each time, so not every few seconds.
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --start-interval=5s CMD ["node", "scripts/worker-health.ts"]
CMD ["node", "src/worker.ts"]
