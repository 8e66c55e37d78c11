# What all of our own code is compiled with.
add_library(geomatch_options INTERFACE)
target_compile_options(geomatch_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  # GCC 12 takes std::string's operator+ for an overlapping copy (its bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  # clang takes a parameter to shadow what has its name in a neighbour's anonymous namespace, in a batch.
  $<$<AND:$<CXX_COMPILER_ID:Clang>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-shadow>)

set(GEOMATCH_SANITIZE "" CACHE STRING "Sanitizers to build with, as -fsanitize takes them")
if(GEOMATCH_SANITIZE)
  add_compile_options(-fsanitize=${GEOMATCH_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GEOMATCH_SANITIZE})
  if(GEOMATCH_SANITIZE MATCHES "thread")
    # ThreadSanitizer knows no fences. Asio's guard what its queues' locks guard as well.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

# geomatch_part(NAME [PARTS part...] [PACKAGES target...])
#
# One library, geomatch_NAME, of all of src/NAME and include/geomatch/NAME. Only this part's own folder is
# put on the include path, through a link of its own, and the folders of PARTS come with linking to them:
# an include against the arrows finds no file.
function(geomatch_part name)
  cmake_parse_arguments(PART "" "" "PARTS;PACKAGES" ${ARGN})
  set(target geomatch_${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  add_library(${target} STATIC ${sources})

  set(view "${PROJECT_BINARY_DIR}/parts/${name}")
  file(MAKE_DIRECTORY "${view}/geomatch")
  file(CREATE_LINK "${PROJECT_SOURCE_DIR}/include/geomatch/${name}" "${view}/geomatch/${name}" SYMBOLIC)
  target_include_directories(${target} PUBLIC "${view}" PRIVATE "${PROJECT_SOURCE_DIR}/src/${name}")

  list(TRANSFORM PART_PARTS PREPEND geomatch_)
  target_link_libraries(${target}
    PUBLIC ${PART_PARTS} ${PART_PACKAGES} Threads::Threads
    PRIVATE geomatch_options)
endfunction()
