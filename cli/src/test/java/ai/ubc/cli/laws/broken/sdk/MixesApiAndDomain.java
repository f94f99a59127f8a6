package ai.ubc.cli.laws.broken.sdk;

import ai.ubc.cli.laws.broken.api.Order;
import ai.ubc.cli.laws.broken.domain.Amount;

record MixesApiAndDomain(Order json, Amount amount) {}
