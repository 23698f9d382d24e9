#include "extract/extract.h"

#include <fmt/format.h>

#include "extract/companies.h"
#include "extract/document.h"
#include "extract/figures.h"
#include "extract/header.h"
#include "extract/lexis.h"

namespace wiremill::extract {
namespace {

class CatalogueExtractor final : public Extractor {
 public:
  CatalogueExtractor(std::shared_ptr<const catalog::Catalogue> catalogue, const Options& options)
      : catalogue_(std::move(catalogue)), options_(options), lexis_(*catalogue_) {}

  model::FactsRecord extract(const model::Event& event, base::Instant received,
                             Trace* trace) const override {
    Trace unasked;
    unasked.explain = false;
    Trace& notes = trace != nullptr ? *trace : unasked;
    const Document document = read_document(event, lexis_.vocabulary, options_, notes.work);
    model::FactsRecord record;
    record.event = header_of(event, received, document, lexis_);
    record.catalog = catalogue_->stamp;
    if (document.truncated) record.flags.emplace_back("truncated");
    if (event.action == model::Action::kWithdraw) return record;
    const Companies companies = find_companies(document, event, lexis_, options_, notes.work);
    record.companies = companies.listed;
    for (const FieldText* const field : {&document.headline, &document.body}) {
      for (PlacedFigure& placed :
           find_figures(*field, lexis_, record.event.lang, options_.figures_max, notes.work)) {
        placed.figure.id = fmt::format("f{}", record.figures.size() + 1);
        record.figures.push_back(std::move(placed.figure));
      }
    }
    return record;
  }

 private:
  std::shared_ptr<const catalog::Catalogue> catalogue_;
  Options options_;
  Lexis lexis_;
};

}  // namespace

base::Result<std::shared_ptr<const Extractor>> compile(
    std::shared_ptr<const catalog::Catalogue> catalogue, const Options& options) {
  return std::make_shared<CatalogueExtractor>(std::move(catalogue), options);
}

}  // namespace wiremill::extract
