#pragma once

#include <string_view>

#include <geomatch/model/attribute.hpp>

namespace geomatch::model {

/// A fact whose name and text are somewhere else's.
struct AttributeView {
  std::string_view name;
  AttributeValueView value;
};

}  // namespace geomatch::model
