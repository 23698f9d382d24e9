#include "model/facts_record.h"

namespace wiremill::model {

const Figure* FactsRecord::figure(std::string_view id) const {
  if (id.empty()) return nullptr;
  for (const Figure& candidate : figures) {
    if (candidate.id == id) return &candidate;
  }
  return nullptr;
}

}  // namespace wiremill::model
